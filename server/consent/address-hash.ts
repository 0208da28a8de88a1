import { mac } from "@/server/platform/secrets";
import type { ContactChannel } from "./status";

/** One spelling for one address: e-mail in lower case, phones as E.164 digits. */
const normalised = (channel: ContactChannel, address: string): string =>
  channel === "email" ? address.trim().toLowerCase() : address.replace(/[^\d+]/g, "");

/**
 * Keyed hash (hex) of an address on a channel: what a suppression stores, so that it outlives the erasure of the person
 * and cannot be turned back into an address without the root secret.
 */
export const addressHash = (channel: ContactChannel, address: string): string =>
  mac("suppressed-address", `${channel} ${normalised(channel, address)}`).toString("hex");

/** Enough to recognise an address, not enough to contact it: `r•••@example.com`, `+91•••4321`. */
export function addressHint(channel: ContactChannel, address: string): string {
  const text = normalised(channel, address);
  if (channel !== "email") return `${text.slice(0, 3)}•••${text.slice(-4)}`;
  const at = text.lastIndexOf("@");
  return at < 1 ? `${text.slice(0, 1)}•••` : `${text.slice(0, 1)}•••${text.slice(at)}`;
}
