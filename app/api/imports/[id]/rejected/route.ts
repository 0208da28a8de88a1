import { answerError } from "@/server/api/answers";
import { attachment } from "@/server/api/attachment";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { openErrorFile } from "@/server/imports";
import { newId } from "@/server/platform/ids";

/** The rows that an import did not take, with the reasons, as CSV; streamed. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { id } = await params;
    return attachment(
      await openErrorFile(contextOf(signedIn, requestId), { importId: id }),
      "text/csv; charset=utf-8",
    );
  } catch (error) {
    return answerError(requestId, error);
  }
}
