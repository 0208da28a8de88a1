import { answerError, chunksOf, refuseForeign } from "@/server/api/answers";
import { currentSignedIn } from "@/server/auth/session";
import { contextOf } from "@/server/auth/signed-in";
import { uploadFile } from "@/server/files";
import { type FileKind, fileKinds } from "@/server/files/status";
import { newId } from "@/server/platform/ids";

/**
 * Takes an image or a document as the raw body. `?name=` is the file's name; `&kind=`, once or more, what the place where it
 * is added takes. Answers the file's facts.
 */
export async function POST(request: Request): Promise<Response> {
  const requestId = newId();
  try {
    refuseForeign(request);
    const signedIn = await currentSignedIn();
    if (!signedIn) return answerError(requestId, null);
    const query = new URL(request.url).searchParams;
    const kinds = (Object.keys(fileKinds) as FileKind[]).filter((kind) =>
      query.getAll("kind").includes(kind),
    );
    const file = await uploadFile(contextOf(signedIn, requestId), {
      name: query.get("name") ?? "",
      kinds: kinds.length > 0 ? kinds : ["image"],
      content: chunksOf(request.body),
    });
    return Response.json(file, { status: 201 });
  } catch (error) {
    return answerError(requestId, error);
  }
}
