import { ZodError } from "zod";
import { AppError } from "@/server/platform/errors";
import { decryptSecret, encryptSecret } from "@/server/platform/secrets";
import { type OwnProvider, providerForms } from "../providers";

export type ReadSettings = { config: Record<string, unknown>; secrets: Record<string, string> };

/**
 * What a form gave, by its provider's schema. Empty secrets are taken from `stored`: they are written and never read back.
 * @throws AppError BAD_INPUT with the first field that is wrong
 */
export function readSettings(
  provider: OwnProvider,
  given: { config: Record<string, unknown>; secrets: Record<string, string> },
  stored: Record<string, string> = {},
): ReadSettings {
  const entered = Object.entries(given.secrets).filter(([, value]) => value.trim() !== "");
  try {
    return {
      config: providerForms[provider].config.parse(given.config),
      secrets: providerForms[provider].secrets.parse({ ...stored, ...Object.fromEntries(entered) }),
    };
  } catch (error) {
    const [issue] = error instanceof ZodError ? error.issues : [];
    if (!issue) throw error;
    throw new AppError("BAD_INPUT", issue.message, { field: issue.path.join(".") });
  }
}

/**
 * The stored secrets that may go on with new settings. A password goes only to the server that it was entered for: else
 * whoever may change the server's name could read it.
 * @throws AppError BAD_INPUT when it has to be entered again
 */
export function keptSecrets(
  now: { provider: string; config: Record<string, unknown>; encryptedSecrets: string | null },
  given: { config: Record<string, unknown>; secrets: Record<string, string> },
): Record<string, string> {
  const stored = openSecrets(now.encryptedSecrets);
  const moved = now.provider === "smtp" && now.config.host !== given.config.host;
  if (!moved || !stored.password) return stored;
  if (!given.secrets.password)
    throw new AppError("BAD_INPUT", "This is another server: enter its password.", { field: "password" });
  return {};
}

/** The stored secrets; empty where they cannot be read any more (another RINGBACK_SECRET): then all are asked for anew. */
export function openSecrets(encrypted: string | null): Record<string, string> {
  if (encrypted === null) return {};
  try {
    return JSON.parse(decryptSecret(encrypted)) as Record<string, string>;
  } catch {
    return {};
  }
}

export const sealSecrets = (secrets: Record<string, string>): string | null =>
  Object.keys(secrets).length === 0 ? null : encryptSecret(JSON.stringify(secrets));
