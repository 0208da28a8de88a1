import { createHash, hkdfSync } from "node:crypto";
import { env } from "@/env";
import { readSecrets } from "./installation";

/** What stored secrets are encrypted with. `id` says which key it was and nothing of it; null for the root secret's. */
export type EncryptionKey = { id: string | null; key: Buffer };
export type EncryptionKeys = { current: EncryptionKey; previous: EncryptionKey | null };

/**
 * The keys as they stand now: of the environment, else of `secrets.json`, else of RINGBACK_SECRET alone. Read anew each time,
 * so that running processes follow a rotation. @throws Error when there is none
 */
export function readEncryptionKeys(): EncryptionKeys {
  const { RINGBACK_SECRET: root } = env;
  if (!root)
    throw new Error(
      "RINGBACK_SECRET is not set. `npm start` generates one; other ways of running need it given.",
    );
  const { ENCRYPTION_SECRET: current, ENCRYPTION_SECRET_PREVIOUS: previous } = env.ENCRYPTION_SECRET
    ? env
    : (readSecrets(env.RINGBACK_DATA_DIR) ?? { ENCRYPTION_SECRET: undefined });
  if (!current) return { current: keyOf(root, root), previous: null };
  return { current: keyOf(current, root), previous: previous ? keyOf(previous, root) : null };
}

function keyOf(secret: string, root: string): EncryptionKey {
  const key = Buffer.from(hkdfSync("sha256", secret, "ringback", "stored-secrets", 32));
  if (secret === root) return { id: null, key };
  return { id: createHash("sha256").update("key id").update(key).digest("hex").slice(0, 12), key };
}
