import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { TelephonyRules } from "./schemas";
import { handOffRefusal } from "./status";

/** How this workspace may call. */
export async function readRules(tx: Transaction, ctx: Context): Promise<TelephonyRules> {
  const [row] = await tx.execute<TelephonyRules>(sql`
    select regulated_insurer as regulated, record_calls as record from workspaces where id = ${ctx.workspaceId}`);
  return required(row, "workspace");
}

/** From the next call on; calls under way end as they began. */
export function changeRules(ctx: Context, { regulated, record }: TelephonyRules): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const before = await readRules(tx, ctx);
    if (before.regulated === regulated && before.record === record) return;
    await tx.execute(sql`
      update workspaces set regulated_insurer = ${regulated}, record_calls = ${record} where id = ${ctx.workspaceId}`);
    await recordAudit(tx, ctx, {
      action: "telephony.rules_changed",
      subjectType: "workspace",
      subjectId: ctx.workspaceId,
      before,
      after: { regulated, record },
    });
    await bumpTopics(tx, ctx, "telephony", "callbacks");
  });
}

/** @throws AppError FORBIDDEN `bridge_only` where an agent's own number must not be seen by customers */
export async function requireHandOff(tx: Transaction, ctx: Context): Promise<void> {
  const { regulated } = await readRules(tx, ctx);
  if (!regulated) return;
  throw new AppError("FORBIDDEN", handOffRefusal, { code: "bridge_only" });
}
