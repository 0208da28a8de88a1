import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { touchCustomers } from "@/server/events";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { microsOf } from "./amounts";
import { changingConversions } from "./keep-rollups";
import { type CorrectConversionInput, correctConversionInput } from "./schemas";

type Row = { customerId: string; value: string; discountedFor: string | null };

/**
 * Corrects what a conversion is worth, or takes it out of every figure (and back in); what stood before is audited.
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function correctConversion(ctx: Context, input: CorrectConversionInput): Promise<void> {
  requireRole(ctx, "admin", "marketer");
  const { id: asked, value, discountedFor } = correctConversionInput.parse(input);
  const id = parseId(asked);
  await withTransaction(ctx, async (tx) => {
    const { customerId } = await read(tx, ctx, id);
    await touchCustomers(tx, ctx, [customerId], ["conversion"]);
    await changingConversions(tx, ctx, [customerId], async () => {
      const before = await read(tx, ctx, id);
      const after = {
        value: value === undefined ? before.value : String(microsOf(value)),
        discountedFor: discountedFor === undefined ? before.discountedFor : discountedFor,
      };
      if (after.value === before.value && after.discountedFor === before.discountedFor) return;
      await tx.execute(sql`
        update conversions set value_micros = ${after.value}, discounted_for = ${after.discountedFor}
        where workspace_id = ${ctx.workspaceId} and id = ${id}`);
      await recordAudit(tx, ctx, {
        action: "conversion.corrected",
        subjectType: "conversion",
        subjectId: id,
        before: { value: before.value, discountedFor: before.discountedFor },
        after,
      });
    });
  });
}

async function read(tx: Transaction, ctx: Context, id: string): Promise<Row> {
  const [row] = await tx.execute<Row>(sql`
    select customer_id as "customerId", value_micros::text as value, discounted_for as "discountedFor"
    from conversions where workspace_id = ${ctx.workspaceId} and id = ${id}`);
  return required(row, "conversion");
}
