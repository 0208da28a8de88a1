export { seedOutdatedWorkspaces, seedTemplates } from "./seed-workspace";
