import { sql } from "drizzle-orm";
import { z } from "zod";
import { presenceChanges } from "@/db/schema/agents";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { requireAgent } from "./require-agent";
import { type Presence, presences } from "./status";

export const presenceInput = z.object({ presence: z.enum(presences) });

/** Says what the caller does now. @throws AppError FORBIDDEN for who takes no calls */
export function setPresence(ctx: Context, input: z.input<typeof presenceInput>): Promise<void> {
  const { presence } = presenceInput.parse(input);
  return withTransaction(ctx, (tx) => movePresence(tx, ctx, presence));
}

/**
 * Writes what the caller does now, in the transaction that makes it so: dialling is `on_call`, the time after a talk
 * `wrap_up`. Each change is a line of its own, which occupancy is counted from; the same state again changes nothing.
 */
export async function movePresence(
  tx: Transaction,
  ctx: Context,
  presence: Presence,
  /** Only out of these states. */
  from: readonly Presence[] = presences,
): Promise<void> {
  const membershipId = requireAgent(ctx);
  const moved = await tx.execute(sql`
    insert into agents (workspace_id, membership_id, presence, presence_since, seen_at)
    values (${ctx.workspaceId}, ${membershipId}, ${presence}, clock_now(), clock_now())
    on conflict (workspace_id, membership_id) do update
    set presence = excluded.presence, presence_since = excluded.presence_since, seen_at = excluded.seen_at
    where agents.presence <> excluded.presence and agents.presence = any(${sql.param(from)}::text[]) returning 1`);
  if (moved.length === 0) return;
  await tx
    .insert(presenceChanges)
    .values({ id: newId(), workspaceId: ctx.workspaceId, membershipId, presence });
  await bumpTopics(tx, ctx, "agents");
}

export type OwnDesk = {
  presence: Presence;
  /** ISO instant. */
  since: string | null;
  /** What the caller has in hand; its number is read with the request. */
  hold: { callbackId: string; generation: number; until: string } | null;
};

/** What the caller does now and has in hand. @throws AppError FORBIDDEN */
export function readDesk(ctx: Context): Promise<OwnDesk> {
  const membershipId = requireAgent(ctx);
  return withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<OwnDesk>(sql`
      select coalesce(a.presence, 'offline') as presence, to_json(a.presence_since) #>> '{}' as since,
        case when h.callback_id is not null then jsonb_build_object('callbackId', h.callback_id,
          'generation', h.generation, 'until', to_json(h.until) #>> '{}') end as hold
      from (select ${membershipId}::uuid as id) m
      left join agents a on a.workspace_id = ${ctx.workspaceId} and a.membership_id = m.id
      left join callback_holds h on h.workspace_id = ${ctx.workspaceId} and h.membership_id = m.id
        and h.until > clock_now()`);
    return row ?? { presence: "offline", since: null, hold: null };
  });
}
