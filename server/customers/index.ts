export { parseEmail, parsePhone } from "./addresses";
export { recordChange } from "./changes";
export { exportCustomers } from "./export-list";
export { found as foundBy } from "./filter";
export { findCustomer } from "./find";
export { maskerFor } from "./masking";
export { openRecord } from "./record/open";
export { tiers } from "./schemas";
