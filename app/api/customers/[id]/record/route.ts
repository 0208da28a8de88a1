import { download } from "@/server/api/download";
import { openRecord } from "@/server/customers";

/** Everything that is held of one customer, as a ZIP with a page to read and JSON. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return download("application/zip", (ctx) => openRecord(ctx, { customerId: id }));
}
