export { reevaluateMemberships } from "./memberships";
export { living, ruleCondition } from "./rule-condition";
export { seedSegments, seedWorkspacesWithoutSegments } from "./seed-workspace";
export { whyNotInSegments } from "./why-not";
