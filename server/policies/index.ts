export { readPolicies } from "./list";
/** @public */
export { paymentsAge } from "./payments-age";
export { unpaidAt } from "./unpaid";
