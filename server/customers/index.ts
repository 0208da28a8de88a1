export { type AddressResult, parseEmail, parsePhone, requireAddress } from "./addresses";
export { type Tier, tiers } from "./schemas";
