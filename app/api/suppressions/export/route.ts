import { CSV, download, queryOf } from "@/server/api/download";
import { exportSuppressions } from "@/server/consent/export";
import { suppressionsInputOf } from "@/server/consent/schemas";

/** The suppression list as CSV, streamed, as far as the address's filters leave it. */
export const GET = (request: Request): Promise<Response> =>
  download(CSV, (ctx) => exportSuppressions(ctx, suppressionsInputOf(queryOf(request))));
