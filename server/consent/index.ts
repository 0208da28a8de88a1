export { addressHash, addressHint, type ContactChannel } from "./address-hash";
export { type ConsentChange, recordConsent } from "./record";
export { type Suppression, suppressAddress } from "./suppress";
