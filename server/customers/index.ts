export { parseEmail, parsePhone } from "./addresses";
export { tiers } from "./schemas";
