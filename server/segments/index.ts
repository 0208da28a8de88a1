export { reevaluateMemberships } from "./memberships";
export { seedSegments, seedWorkspacesWithoutSegments } from "./seed-workspace";
