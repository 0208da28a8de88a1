import { answerError } from "@/server/api/answers";
import { attachment } from "@/server/api/attachment";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { openRecord } from "@/server/customers";
import { newId } from "@/server/platform/ids";

/** Everything that is held of one customer, as a ZIP with a page to read and JSON. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { id } = await params;
    return attachment(
      await openRecord(contextOf(signedIn, requestId), { customerId: id }),
      "application/zip",
    );
  } catch (error) {
    return answerError(requestId, error);
  }
}
