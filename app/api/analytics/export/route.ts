import { exportTable } from "@/server/analytics";
import { exportInputOf } from "@/server/analytics/schemas";
import { CSV, download, queryOf } from "@/server/api/download";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A table of the analytics as a file, streamed: `?table=…&format=csv|xlsx` with what its screen is asked for. */
export const GET = (request: Request): Promise<Response> => {
  const query = queryOf(request);
  return download(query.format?.[0] === "xlsx" ? XLSX : CSV, (ctx) => exportTable(ctx, exportInputOf(query)));
};
