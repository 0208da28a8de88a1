import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { archiveDisposition, orderDispositions, saveDisposition } from "./change";
import { listDispositions } from "./list";
import { dispositionIdInput, orderDispositionsInput, saveDispositionInput } from "./schemas";

const admin = procedureFor("admin");

/** The ways to close a call; agents choose among them, administrators define them. */
export const dispositionsRouter = router({
  list: memberProcedure.query(({ ctx }) => listDispositions(ctx.verb)),
  save: admin.input(saveDispositionInput).mutation(({ ctx, input }) => saveDisposition(ctx.verb, input)),
  archive: admin.input(dispositionIdInput).mutation(({ ctx, input }) => archiveDisposition(ctx.verb, input)),
  order: admin.input(orderDispositionsInput).mutation(({ ctx, input }) => orderDispositions(ctx.verb, input)),
});
