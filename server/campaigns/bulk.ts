import type { z } from "zod";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { setArchived } from "./archive";
import { cancelCampaign } from "./cancel";
import { deleteDraft } from "./delete-draft";
import { pauseCampaign } from "./pause";
import { resumeCampaign } from "./resume";
import { type BulkAct, bulkInput } from "./schemas";

export type BulkResult = { id: string; done: boolean /** Why not, in words. */; reason: string | null };

const acts: Record<BulkAct, (ctx: Context, id: string) => Promise<void>> = {
  archive: (ctx, id) => setArchived(ctx, { id, archived: true }),
  unarchive: (ctx, id) => setArchived(ctx, { id, archived: false }),
  pause: (ctx, id) => pauseCampaign(ctx, { id }),
  resume: (ctx, id) => resumeCampaign(ctx, { id }),
  cancel: (ctx, id) => cancelCampaign(ctx, { id }),
  deleteDraft: (ctx, id) => deleteDraft(ctx, { id }),
};

/**
 * Does the same with several campaigns, each by itself: one that refuses does not hold up the others. Returns what came of
 * each, in the order asked.
 */
export async function actOnCampaigns(ctx: Context, input: z.input<typeof bulkInput>): Promise<BulkResult[]> {
  const { act, ids } = bulkInput.parse(input);
  const results: BulkResult[] = [];
  for (const id of [...new Set(ids)]) {
    try {
      await acts[act](ctx, id);
      results.push({ id, done: true, reason: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.push({ id, done: false, reason: error.message });
    }
  }
  return results;
}
