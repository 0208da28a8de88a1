import { answerError, chunksOf, refuseForeign } from "@/server/api/answers";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { uploadConsentFile } from "@/server/consent/files/upload";
import { fileKind } from "@/server/consent/schemas";
import { newId } from "@/server/platform/ids";

/** Takes a CSV file of consents or suppressions as the raw body (`?kind=…&name=…`). Answers `{ fileId }`. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newId();
  try {
    refuseForeign(request);
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const { searchParams } = new URL(request.url);
    const result = await uploadConsentFile(contextOf(signedIn, requestId), {
      kind: fileKind.catch("consents").parse(searchParams.get("kind")),
      fileName: searchParams.get("name") ?? "",
      content: chunksOf(request.body),
    });
    return Response.json(result, { status: 201 });
  } catch (error) {
    return answerError(requestId, error);
  }
}
