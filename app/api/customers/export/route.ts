import { CSV, download, queryOf } from "@/server/api/download";
import { exportCustomers } from "@/server/customers";
import { customerListInputOf, MOST_TICKED } from "@/server/customers/schemas";

/** The customers of a list as CSV, streamed: those whom the address's filters leave, or the ticked ones (`id`). */
export const GET = (request: Request): Promise<Response> =>
  download(CSV, (ctx) => {
    const { id = [], ...query } = queryOf(request);
    const { sort, after: _, before: __, ...filters } = customerListInputOf(query);
    return exportCustomers(ctx, id.length > 0 ? { sort, ids: id.slice(0, MOST_TICKED) } : { sort, filters });
  });
