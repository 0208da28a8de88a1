export { parseEmail, parsePhone } from "./addresses";
export { recordChange } from "./changes";
export { exportCustomers } from "./export-list";
export { findCustomer } from "./find";
export { tiers } from "./schemas";
