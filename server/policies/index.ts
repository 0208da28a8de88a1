export { readPolicies } from "./list";
/** @public */
export { paymentsAge } from "./payments-age";
