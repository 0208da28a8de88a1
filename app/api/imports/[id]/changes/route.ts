import { CSV, download } from "@/server/api/download";
import { openDifferences } from "@/server/imports";

/** Everything that an import made or changed, field by field, as CSV; streamed. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return download(CSV, (ctx) => openDifferences(ctx, { importId: id }));
}
