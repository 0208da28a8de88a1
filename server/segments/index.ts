export { auditAgain, recomputeMembership, reevaluateMemberships } from "./memberships";
export { missingSegments } from "./missing";
export { living, ruleCondition } from "./rule-condition";
export { seedSegments, seedWorkspacesWithoutSegments } from "./seed-workspace";
export { seededRule } from "./seeds";
export { trackSegments } from "./track";
export { trackedSegmentsUsing } from "./tracked-using";
export { whyNotInSegments } from "./why-not";
