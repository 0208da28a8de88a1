import "server-only";
import type { SignedIn } from "./signed-in";

/** The live session of this request, or null. */
export async function currentSignedIn(): Promise<SignedIn | null> {
  return null;
}
