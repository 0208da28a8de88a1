export { seedOutdatedWorkspaces, seedTemplates } from "./seed-workspace";
export { draftFromTemplate, readTemplateMessage } from "./use";
