export { addressHash, addressHint } from "./address-hash";
export { changeConsent } from "./change";
export { allowPromotion, type PromotionChange, withdrawPromotion } from "./promotion";
export { recordConsent } from "./record";
export { suppressAddress } from "./suppress";
export { addressOn, addressPatterns, suppressedAddresses } from "./suppressed-addresses";
