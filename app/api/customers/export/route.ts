import { answerError } from "@/server/api/answers";
import { attachment } from "@/server/api/attachment";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { exportCustomers } from "@/server/customers";
import { customerListInputOf, MOST_TICKED } from "@/server/customers/schemas";
import { newId } from "@/server/platform/ids";

/** The customers of a list as CSV, streamed: those whom the address's filters leave, or the ticked ones (`id`). */
export async function GET(request: Request) {
  const requestId = newId();
  try {
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { searchParams } = new URL(request.url);
    const ids = searchParams.getAll("id").slice(0, MOST_TICKED);
    const query = Object.fromEntries([...searchParams.keys()].map((key) => [key, searchParams.getAll(key)]));
    const { sort, after: _, before: __, ...filters } = customerListInputOf(query);
    const file = await exportCustomers(
      contextOf(signedIn, requestId),
      ids.length > 0 ? { sort, ids } : { sort, filters },
    );
    return attachment(file, "text/csv; charset=utf-8");
  } catch (error) {
    return answerError(requestId, error);
  }
}
