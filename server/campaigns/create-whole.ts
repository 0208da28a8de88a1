import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { insertDraft } from "./create";
import { createInput, type DraftFields, draftFields } from "./schemas";

/** A draft with as much as is known of it already. */
export type WholeDraft = Partial<Omit<DraftFields, "ownerId">>;

/** Begins a draft with as much as is known of it already, in one step. Returns its id. @throws AppError FORBIDDEN */
export async function createWholeCampaign(ctx: Context, input: WholeDraft): Promise<{ id: string }> {
  const fields = {
    ...draftFields.omit({ ownerId: true }).partial().parse(input),
    ...createInput.parse(input),
  };
  return withTransaction(ctx, (tx) => insertDraft(tx, ctx, fields));
}
