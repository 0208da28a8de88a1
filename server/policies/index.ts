export { readPolicies } from "./list";
