import { procedureFor, router } from "@/server/trpc/procedures";
import { reassign, reprioritise } from "./act";
import { listBreaches } from "./breaches";
import { readReport } from "./report";
import { listFloorRows } from "./rows";
import { breachesInput, floorRowsInput, reassignInput, reportInput, reprioritiseInput } from "./schemas";
import { sharedBoard } from "./shared-board";
import { floorReaders } from "./status";

const reader = procedureFor(...floorReaders);

/** The floor of a call centre for who leads it: what waits, what is late, who does what. */
export const floorRouter = router({
  board: reader.query(({ ctx }) => sharedBoard(ctx.verb)),
  rows: reader.input(floorRowsInput).query(({ ctx, input }) => listFloorRows(ctx.verb, input)),
  reassign: reader.input(reassignInput).mutation(({ ctx, input }) => reassign(ctx.verb, input)),
  report: reader.input(reportInput).query(({ ctx, input }) => readReport(ctx.verb, input)),
  breaches: reader.input(breachesInput).query(({ ctx, input }) => listBreaches(ctx.verb, input)),
  reprioritise: reader.input(reprioritiseInput).mutation(({ ctx, input }) => reprioritise(ctx.verb, input)),
});
