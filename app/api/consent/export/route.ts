import { answerError } from "@/server/api/answers";
import { attachment } from "@/server/api/attachment";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { exportConsents } from "@/server/consent/export";
import { changesInputOf } from "@/server/consent/schemas";
import { newId } from "@/server/platform/ids";

/** The ledger of consent as CSV, streamed, as far as the address's filters leave it. */
export async function GET(request: Request): Promise<Response> {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { searchParams } = new URL(request.url);
    const query = Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]));
    const file = await exportConsents(contextOf(signedIn, requestId), changesInputOf(query));
    return attachment(file, "text/csv; charset=utf-8");
  } catch (error) {
    return answerError(requestId, error);
  }
}
