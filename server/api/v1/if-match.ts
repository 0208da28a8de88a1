import { AppError } from "@/server/platform/errors";
import { PreconditionFailed } from "./envelope";

/** The version that an edit is meant for. @throws PreconditionFailed when it stands no more */
export function versionFor(version: number, ifMatch: string | null): number {
  if (ifMatch !== null && ifMatch !== String(version)) throw new PreconditionFailed(String(version));
  return version;
}

/** Somebody saved it between our look and the write: for who named a state that is a failed precondition, else a conflict. */
export const staleAs =
  (ifMatch: string | null) =>
  (error: unknown): never => {
    if (ifMatch !== null && error instanceof AppError && error.details.code === "stale_version")
      throw new PreconditionFailed(String(error.details.version));
    throw error;
  };
