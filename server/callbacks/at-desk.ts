import { sql } from "drizzle-orm";
import { hotSql, isDatabaseOpen } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { eachWorkspace } from "@/server/platform/each-workspace";
import { newId } from "@/server/platform/ids";
import { loggerFor } from "@/server/platform/logger";
import { bumpTopics } from "@/server/platform/realtime";

/** How often an open tab is written down, and how long an agent counts as there without one (ms). */
const SEEN_MS = 25_000;
export const DESK_MS = 90_000;
const log = loggerFor("presence");

/**
 * While a tab of theirs is open, whoever takes calls is at the desk; one tab of several is enough. Returns the way to stop. What is
 * not written now is written the next time.
 */
export function keepAtDesk(ctx: Context): () => void {
  if (!ctx.membershipId || ctx.role === "marketer") return () => {};
  const beat = () => {
    if (!isDatabaseOpen()) return;
    seenAtDesk(ctx).catch((error: Error) =>
      log.debug({ message: error.message }, "a tab was not written down"),
    );
  };
  beat();
  const timer = setInterval(beat, SEEN_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Writes down that the caller is there; somebody who is offline stays offline until they say otherwise. */
export async function seenAtDesk(ctx: Context): Promise<void> {
  await withTransaction(ctx, (tx) =>
    tx.execute(sql`
      update agents set seen_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and membership_id = ${ctx.membershipId} and presence <> 'offline'`),
  );
}

const MOST_WORKSPACES = 100;

/** Agents of every workspace whose browser is gone are offline from now on; one that breaks holds up no other. Returns how many. */
export async function leaveDesks(): Promise<number> {
  const due = await hotSql()<{ workspaceId: string }[]>`
    select workspace_id as "workspaceId" from workspaces_with_empty_desks(${DESK_MS}, ${MOST_WORKSPACES})`;
  return (await eachWorkspace("desks", due, leaveDesksOf)).done;
}

/**
 * The same for one workspace. Whoever holds a request is there all the same: on a phone the call hides the browser, and the claim
 * has a lease of its own.
 */
export function leaveDesksOf(ctx: Context): Promise<number> {
  return withTransaction(ctx, async (tx) => {
    const gone = await tx.execute<{ id: string }>(sql`
      update agents a set presence = 'offline', presence_since = clock_now()
      where a.workspace_id = ${ctx.workspaceId} and a.presence <> 'offline'
        and coalesce(a.seen_at, a.presence_since) < (select clock_now()) - ${DESK_MS} * interval '1 millisecond'
        and not exists (select from callback_holds h where h.workspace_id = a.workspace_id
          and h.membership_id = a.membership_id and h.until > (select clock_now()))
      returning a.membership_id as id`);
    if (gone.length === 0) return 0;
    await tx.execute(sql`
      insert into presence_changes (id, workspace_id, membership_id, presence)
      select id, ${ctx.workspaceId}, member, 'offline'
      from unnest(${sql.param(gone.map(() => newId()))}::uuid[], ${sql.param(gone.map(({ id }) => id))}::uuid[]) as g(id, member)`);
    await bumpTopics(tx, ctx, "agents");
    return gone.length;
  });
}
