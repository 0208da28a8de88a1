import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { requireAgent } from "@/server/callbacks";
import { parsePhone } from "@/server/customers";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { OwnPhone } from "./schemas";

/** The number that rings first when the caller calls somebody: the one for calls, else the one of the account. */
export async function readOwnPhone(tx: Transaction, ctx: Context): Promise<string | null> {
  const [row] = await tx.execute<{ phone: string | null }>(sql`
    select coalesce(a.phone, u.phone) as phone from memberships m join users u on u.id = m.user_id
    left join agents a on a.workspace_id = m.workspace_id and a.membership_id = m.id
    where m.workspace_id = ${ctx.workspaceId} and m.id = ${requireAgent(ctx)}`);
  return row?.phone ?? null;
}

/** From the next call on. @throws AppError BAD_INPUT with what is wrong with the number */
export function setOwnPhone(ctx: Context, input: OwnPhone): Promise<void> {
  const membershipId = requireAgent(ctx);
  return withTransaction(ctx, async (tx) => {
    const number = parsePhone(input.phone);
    if (!number.ok) throw new AppError("BAD_INPUT", number.reason, { field: "phone" });
    await tx.execute(sql`
      insert into agents (workspace_id, membership_id, phone) values (${ctx.workspaceId}, ${membershipId}, ${number.value})
      on conflict (workspace_id, membership_id) do update set phone = excluded.phone`);
    await recordAudit(tx, ctx, {
      action: "agent.changed",
      subjectType: "membership",
      subjectId: membershipId,
      after: { changed: ["phone"] },
    });
    await bumpTopics(tx, ctx, "agents", "calls");
  });
}
