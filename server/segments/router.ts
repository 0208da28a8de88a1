import { z } from "zod";
import { memberProcedure, procedureFor, router } from "@/server/trpc/procedures";
import { setSegmentArchived } from "./archive";
import { eventProperties, listSegmentNames, segmentCatalogue } from "./catalogue";
import { countSegment, countSegments, estimateSegment } from "./count";
import { createSegment } from "./create";
import { deleteSegment, restoreSegment } from "./delete";
import { duplicateSegment } from "./duplicate";
import { getSegment } from "./get";
import { listSegments } from "./list";
import { sampleSegment } from "./sample";
import { createSegmentInput, listSegmentsInput, ruleInput, segmentId, updateSegmentInput } from "./schemas";
import { segmentEditors } from "./status";
import { updateSegment } from "./update";

const editor = procedureFor(...segmentEditors);
const archiveInput = segmentId.extend({ archived: z.boolean() });
const countsInput = z.object({ ids: z.array(z.string()).max(100) });
const eventInput = z.object({ name: z.string().max(200) });

export const segmentsRouter = router({
  list: memberProcedure.input(listSegmentsInput).query(({ ctx, input }) => listSegments(ctx.verb, input)),
  get: memberProcedure.input(segmentId).query(({ ctx, input }) => getSegment(ctx.verb, input)),
  names: memberProcedure.query(({ ctx }) => listSegmentNames(ctx.verb)),
  catalogue: memberProcedure.query(({ ctx }) => segmentCatalogue(ctx.verb)),
  eventProperties: memberProcedure
    .input(eventInput)
    .query(({ ctx, input }) => eventProperties(ctx.verb, input)),
  counts: memberProcedure
    .input(countsInput)
    .query(({ ctx, input, signal }) => countSegments(ctx.verb, input, { signal })),
  // Mutations, because they travel as POST: a rule does not fit into an address.
  estimate: memberProcedure
    .input(ruleInput)
    .mutation(({ ctx, input, signal }) => estimateSegment(ctx.verb, input, { signal })),
  count: memberProcedure
    .input(ruleInput)
    .mutation(({ ctx, input, signal }) => countSegment(ctx.verb, input, { signal })),
  sample: memberProcedure
    .input(ruleInput)
    .mutation(({ ctx, input, signal }) => sampleSegment(ctx.verb, input, { signal })),
  create: editor.input(createSegmentInput).mutation(({ ctx, input }) => createSegment(ctx.verb, input)),
  update: editor.input(updateSegmentInput).mutation(({ ctx, input }) => updateSegment(ctx.verb, input)),
  duplicate: editor.input(segmentId).mutation(({ ctx, input }) => duplicateSegment(ctx.verb, input)),
  setArchived: editor.input(archiveInput).mutation(({ ctx, input }) => setSegmentArchived(ctx.verb, input)),
  delete: editor.input(segmentId).mutation(({ ctx, input }) => deleteSegment(ctx.verb, input)),
  restore: editor.input(segmentId).mutation(({ ctx, input }) => restoreSegment(ctx.verb, input)),
});
