export { addressHash, addressHint } from "./address-hash";
export { recordConsent } from "./record";
export { suppressAddress } from "./suppress";
