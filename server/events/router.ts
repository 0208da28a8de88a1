import { memberProcedure, router } from "@/server/trpc/procedures";
import { ingestEvents } from "./ingest";
import { ingestInput } from "./schemas";

// Who may do what is decided in the verbs.
export const eventsRouter = router({
  ingest: memberProcedure.input(ingestInput).mutation(({ ctx, input }) => ingestEvents(ctx.verb, input)),
});
