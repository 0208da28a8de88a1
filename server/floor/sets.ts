import { type SQL, sql } from "drizzle-orm";
import type { Context } from "@/server/platform/context";
import { requestsIn, type Scope } from "./scope";
import type { FloorSet } from "./status";

/**
 * Open requests `r` with the clock `c` of their first attempt, as far as the scope reaches. Every number of the board and the
 * rows behind it are read from it by the same condition.
 */
export const openRequests = (ctx: Context, scope: Scope): SQL => sql`
  callback_requests r
  left join sla_clocks c on c.workspace_id = r.workspace_id and c.callback_id = r.id and c.metric = 'first_attempt'
    and c.cycle = r.cycle
  where r.workspace_id = ${ctx.workspaceId} and r.status in ('pending', 'assigned', 'in_progress', 'scheduled')
    and ${requestsIn(scope)}`;

const now = sql`(select clock_now())`;
const inNobodysHands = sql`r.status in ('pending', 'assigned', 'scheduled')`;

/** Which of the open requests stand in a set. */
export const inSet: Record<FloorSet, SQL> = {
  waiting: sql`${inNobodysHands} and r.not_before <= ${now}`,
  later: sql`${inNobodysHands} and r.not_before > ${now}`,
  in_hand: sql`r.status = 'in_progress'`,
  due_soon: sql`c.status = 'running' and c.breached_at is null and c.due_at >= ${now}
    and c.due_at <= ${now} + interval '15 minutes'`,
  breached: sql`c.status <> 'stopped' and (c.breached_at is not null or (c.status = 'running' and c.due_at < ${now}))`,
};

/** When the wait of `r` began: with the clock of its first attempt, so at the slot's start where one was promised at once. */
export const enteredAt = sql`coalesce(c.started_at, r.created_at)`;
