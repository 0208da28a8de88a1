import { mac } from "@/server/platform/secrets";

/** Says which root secret a hash was made with, and nothing else of it. */
const mark = (): string => mac("suppressed-address", "which secret").toString("hex").slice(0, 8);

/** A suppressed address as a file carries it: the keyed hash, and by whose secret it was made. Nobody reads an address from it. */
export const addressKey = (hash: string): string => `${mark()}:${hash}`;

/** The hash of such a key; null for what is none, `foreign` for one of another installation, which means nothing here. */
export function hashOfKey(key: string): string | "foreign" | null {
  const [own, hash] = /^([0-9a-f]{8}):([0-9a-f]{64})$/.exec(key)?.slice(1) ?? [];
  if (own === undefined || hash === undefined) return null;
  return own === mark() ? hash : "foreign";
}
