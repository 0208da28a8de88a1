import { answerError, chunksOf, refuseForeign } from "@/server/api/answers";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { uploadImport } from "@/server/imports";
import { newId } from "@/server/platform/ids";

/** Takes an upload as the raw body (`?name=` is the file's name) and streams it to disk. Answers `{ importId }`. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newId();
  try {
    refuseForeign(request);
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const result = await uploadImport(contextOf(signedIn, requestId), {
      fileName: new URL(request.url).searchParams.get("name") ?? "",
      content: chunksOf(request.body),
    });
    return Response.json(result, { status: 201 });
  } catch (error) {
    return answerError(requestId, error);
  }
}
