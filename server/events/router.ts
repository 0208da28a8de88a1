import { memberProcedure, router } from "@/server/trpc/procedures";
import { checkEvents, ingestEvents } from "./ingest";
import { listEvents } from "./list";
import { listEventNames } from "./names";
import { ingestInput, listEventsInput } from "./schemas";

// Who may do what is decided in the verbs.
export const eventsRouter = router({
  list: memberProcedure.input(listEventsInput).query(({ ctx, input }) => listEvents(ctx.verb, input)),
  names: memberProcedure.query(({ ctx }) => listEventNames(ctx.verb)),
  check: memberProcedure.input(ingestInput).mutation(({ ctx, input }) => checkEvents(ctx.verb, input)),
  ingest: memberProcedure.input(ingestInput).mutation(({ ctx, input }) => ingestEvents(ctx.verb, input)),
});
