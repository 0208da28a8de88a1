import { createHash } from "node:crypto";

/** The ETag of data that has no version of its own: another one after each change of what is answered. */
export const etagOf = (data: unknown): string =>
  createHash("sha256").update(JSON.stringify(data)).digest("base64url").slice(0, 22);
