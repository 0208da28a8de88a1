export { createUser } from "./create-user";
export { createWorkspace, findWorkspace } from "./create-workspace";
