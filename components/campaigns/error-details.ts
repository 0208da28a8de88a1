import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";

/** The facts that an error of the API carries for a program (`{ code: "stale_version", version: 3 }`); empty for others. */
export function errorDetails(error: unknown): Record<string, string | number | boolean | null> {
  if (!(error instanceof TRPCClientError)) return {};
  return (error as TRPCClientError<AppRouter>).data?.details ?? {};
}

/** The sentence of an error, for the person. */
export const errorMessage = (error: unknown): string =>
  error instanceof Error ? error.message : "It did not work. Nothing was changed.";
