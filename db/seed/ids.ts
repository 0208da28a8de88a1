import { createHash } from "node:crypto";

/** Before any real row, so that rows made by hand come first in "newest" lists. */
const SEED_EPOCH_MS = Date.UTC(2025, 0, 1);

/**
 * The `index`-th id of a table in a scenario: shaped like a UUIDv7 (sorts by index), the same on every machine.
 * @param key scenario and table, e.g. "insurance/customers"
 */
export function seedId(key: string, index: number): string {
  const time = (SEED_EPOCH_MS + index).toString(16).padStart(12, "0");
  const hash = createHash("sha256").update(`${key}/${index}`).digest("hex");
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 3) | 8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`;
}
