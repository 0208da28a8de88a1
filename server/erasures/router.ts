import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { cancelErasure } from "./cancel";
import { findErased } from "./find";
import { listErasures } from "./list";
import { previewErasure } from "./preview";
import { requestErasure } from "./request";
import { erasureOfInput, listErasuresInput, requestErasureInput } from "./schemas";

const admin = procedureFor("admin");

/** Forgetting a person: administrators ask for it and take it back, readers of customers see that it was done. */
export const erasuresRouter = router({
  find: memberProcedure.input(erasureOfInput).query(({ ctx, input }) => findErased(ctx.verb, input)),
  list: admin.input(listErasuresInput).query(({ ctx, input }) => listErasures(ctx.verb, input)),
  preview: admin.input(erasureOfInput).query(({ ctx, input }) => previewErasure(ctx.verb, input)),
  request: admin.input(requestErasureInput).mutation(({ ctx, input }) => requestErasure(ctx.verb, input)),
  cancel: admin.input(erasureOfInput).mutation(({ ctx, input }) => cancelErasure(ctx.verb, input)),
});
