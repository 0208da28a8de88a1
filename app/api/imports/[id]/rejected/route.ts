import { answerError } from "@/server/api/answers";
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
    const file = await openErrorFile(contextOf(signedIn, requestId), { importId: id });
    return new Response(streamOf(file.content), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="rejected.csv"; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        "cache-control": "private, no-store",
      },
    });
  } catch (error) {
    return answerError(requestId, error);
  }
}

function streamOf(content: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await content.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await content.return(undefined);
    },
  });
}
