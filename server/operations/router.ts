import { procedureFor, router } from "@/server/trpc/procedures";
import { getOperationsOverview } from "./get-overview";

/** What the operations screen shows, for administrators. */
export const operationsRouter = router({
  overview: procedureFor("admin").query(({ ctx }) => getOperationsOverview(ctx.verb)),
});
