import { answerError } from "@/server/api/answers";
import { currentSignedIn } from "@/server/auth/session";
import { templateFile } from "@/server/imports";
import type { templateKinds } from "@/server/imports/schemas";
import { notFound } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";

/** A file to fill in: `customers` or `policies`. */
export async function GET(_request: Request, { params }: { params: Promise<{ kind: string }> }) {
  const requestId = newId();
  try {
    if (!(await currentSignedIn())) return answerError(requestId, null);
    const { kind } = await params;
    if (kind !== "customers" && kind !== "policies") throw notFound("template");
    const { name, content } = templateFile(kind satisfies keyof typeof templateKinds);
    return new Response(content, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
      },
    });
  } catch (error) {
    return answerError(requestId, error);
  }
}
