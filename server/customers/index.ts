export { parseEmail, parsePhone } from "./addresses";
export { recordChange } from "./changes";
export { findCustomer } from "./find";
export { tiers } from "./schemas";
