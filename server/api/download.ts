import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { answerError } from "./answers";
import { attachment } from "./attachment";

type Opened = Parameters<typeof attachment>[0];

/** Answers whoever is signed in with the file that `open` makes as that person, or with its error in words. */
export async function download(type: string, open: (ctx: Context) => Promise<Opened>): Promise<Response> {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    return attachment(await open(contextOf(signedIn, requestId)), type);
  } catch (error) {
    return answerError(requestId, error);
  }
}

export const CSV = "text/csv; charset=utf-8";

/** The query of an address, each name with all of its values. */
export function queryOf(request: Request): Record<string, string[]> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]));
}
