import { answerError } from "@/server/api/answers";
import { attachment } from "@/server/api/attachment";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { checkExportOf, exportCheck } from "@/server/campaigns";
import { newId } from "@/server/platform/ids";

/** What the last pre-flight said about each customer as CSV, streamed; `verdict` and `reason` leave one outcome. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { id } = await params;
    const asked = checkExportOf(new URL(request.url).searchParams);
    const file = await exportCheck(contextOf(signedIn, requestId), { id, ...asked });
    return attachment(file, "text/csv; charset=utf-8");
  } catch (error) {
    return answerError(requestId, error);
  }
}
