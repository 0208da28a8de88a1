import { z } from "zod";
import { withTransaction } from "@/db/transaction";
import { tiers } from "@/server/customers/schemas";
import { withoutUndefined } from "@/server/platform/changes";
import type { Context } from "@/server/platform/context";
import { lockCallback } from "./change";
import { requireLead } from "./close";
import { rescore } from "./rescore";
import { requireOnlyOpen } from "./same-wish";
import { type Urgency, urgencies } from "./status";

const urgencyKeys = Object.keys(urgencies) as [Urgency, ...Urgency[]];
export const editInput = z.object({
  callbackId: z.string(),
  requestType: z.string().trim().min(1).max(60).optional(),
  urgency: z.enum(urgencyKeys).optional(),
  tier: z.enum(tiers).optional(),
});
export type EditInput = z.input<typeof editInput>;

/** Changes what the score is made of. A new category has new targets: elapsed time is kept, what is left is recomputed. */
export function editCallback(ctx: Context, input: EditInput): Promise<void> {
  const { callbackId, ...changed } = editInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    requireLead(ctx);
    const row = await lockCallback(tx, ctx, { id: callbackId, verb: "edit" });
    const edited = { ...row, ...withoutUndefined(changed) };
    if (edited.requestType !== row.requestType) await requireOnlyOpen(tx, ctx, edited);
    const { requestType, urgency, tier } = edited;
    await rescore(tx, ctx, edited, { kind: "edited", set: { request_type: requestType, urgency, tier } });
  });
}
