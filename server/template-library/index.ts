export { seedOutdatedWorkspaces, seedTemplates } from "./seed-workspace";
export { draftFromTemplate } from "./use";
