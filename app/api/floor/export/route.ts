import { CSV, download, queryOf } from "@/server/api/download";
import { exportFloor } from "@/server/floor/export";
import { readReportQuery } from "@/server/floor/schemas";

/** The callback requests of a period as CSV, streamed. */
export const GET = (request: Request): Promise<Response> =>
  download(CSV, (ctx) => exportFloor(ctx, readReportQuery(queryOf(request))));
