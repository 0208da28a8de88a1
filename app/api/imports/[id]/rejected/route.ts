import { CSV, download } from "@/server/api/download";
import { openErrorFile } from "@/server/imports";

/** The rows that an import did not take, with the reasons, as CSV; streamed. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return download(CSV, (ctx) => openErrorFile(ctx, { importId: id }));
}
