import { procedureFor, router } from "@/server/trpc/procedures";
import { getAuditFilters, listAuditEntries } from "./list";
import { auditPageInput } from "./schemas";

/** The audit log, for administrators. Nobody can change it: the database refuses. */
export const auditRouter = router({
  list: procedureFor("admin")
    .input(auditPageInput)
    .query(({ ctx, input }) => listAuditEntries(ctx.verb, input)),
  filters: procedureFor("admin").query(({ ctx }) => getAuditFilters(ctx.verb)),
});
