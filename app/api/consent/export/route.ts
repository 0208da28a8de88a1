import { CSV, download, queryOf } from "@/server/api/download";
import { exportConsents } from "@/server/consent/export";
import { changesInputOf } from "@/server/consent/schemas";

/** The ledger of consent as CSV, streamed, as far as the address's filters leave it. */
export const GET = (request: Request): Promise<Response> =>
  download(CSV, (ctx) => exportConsents(ctx, changesInputOf(queryOf(request))));
