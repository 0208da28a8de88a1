import type { Sql } from "postgres";
import { countEngagement, decayEngagement, type Moved } from "@/server/engagement/decay";
import { recomputeEngagement } from "@/server/engagement/recompute";
import type { Context } from "@/server/platform/context";
import { inLargeWorkspace, timed, WORKSPACE } from "./large-workspace";

const seconds = (ms: number): number => Math.round(ms / 10) / 100;

type Move = (ctx: Context, from: { after: string | null }) => Promise<Moved>;

/** Moves the whole workspace, as the job does. Returns how many scores changed. */
async function all(ctx: Context, move: Move): Promise<number> {
  let after: string | null = null;
  let changed = 0;
  do {
    const moved: Moved = await move(ctx, { after });
    changed += moved.changed;
    after = moved.next;
  } while (after !== null);
  return changed;
}

async function measure(owner: Sql, ctx: Context): Promise<Record<string, number>> {
  // Nobody has come back since yesterday: the clock alone moves.
  const days = async (count: number) =>
    owner`insert into clock_offset ("offset") values (${`${count} days`}::interval)
      on conflict (only_row) do update set "offset" = excluded."offset"`;
  const [stored] = await owner<{ n: number }[]>`
    select count(*)::int as n from customer_scores where workspace_id = ${WORKSPACE}`;
  await days(0);
  const firstMs = (stored?.n ?? 0) > 0 ? 0 : await timed(() => all(ctx, countEngagement));
  await all(ctx, decayEngagement);
  await days(1);
  let changed = 0;
  const dayMs = await timed(async () => {
    changed = await all(ctx, decayEngagement);
  });
  const ids = await owner<{ id: string }[]>`
    select id from customers where workspace_id = ${WORKSPACE} order by hashint8extended(engagement_score, 7), id desc limit 500`;
  const batchMs = await timed(() =>
    recomputeEngagement(
      ctx,
      ids.map(({ id }) => id),
    ),
  );
  await days(0);
  return {
    firstCountSeconds: seconds(firstMs),
    dailySeconds: seconds(dayMs),
    dailyChanged: changed,
    recompute500Ms: Math.round(batchMs),
  };
}

/**
 * The engagement of a million customers: everybody counted once from what happened (skipped where it was), everybody's day,
 * and 500 customers after an event.
 */
export const bench = (): Promise<Record<string, number>> => inLargeWorkspace(measure);
