import { ZodError } from "zod";
import { AppError } from "@/server/platform/errors";
import { telephonyForms } from "../providers";
import type { TelephonyProvider } from "../status";

type Given = { config: Record<string, unknown>; secrets: Record<string, string> };

/**
 * What a form gave, by its provider's schema; empty secrets are taken from `stored`.
 * @throws AppError BAD_INPUT with the first field that is wrong
 */
export function readSettings(
  provider: TelephonyProvider,
  given: Given,
  stored: Record<string, string> = {},
): Given {
  const entered = Object.entries(given.secrets).filter(([, value]) => value.trim() !== "");
  try {
    return {
      config: telephonyForms[provider].config.parse(given.config),
      secrets: telephonyForms[provider].secrets.parse({ ...stored, ...Object.fromEntries(entered) }),
    };
  } catch (error) {
    const [issue] = error instanceof ZodError ? error.issues : [];
    if (!issue) throw error;
    throw new AppError("BAD_INPUT", issue.message, { field: issue.path.join(".") });
  }
}
