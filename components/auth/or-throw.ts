import type { Answer } from "@/server/auth/answer";

/** Turns a refusal into an error, which a form shows as its problem. */
export function orThrow({ problem }: Answer): void {
  if (problem) throw new Error(problem);
}
