import { sql as query } from "drizzle-orm";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import type { ProviderEvent } from "@/server/channels/provider-event";
import { suppressAddress } from "@/server/consent";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";
import { countEvents, type StatusEvent } from "./count-events";
import { decodePublicId } from "./public-id";
import type { RunKey } from "./recounting";
import { withdrawForAddress } from "./withdraw-for-address";

/**
 * Records what providers tell of messages: delivered, read, failed, bounced and opted out; other kinds are left to their own
 * nouns. In bulk, safe to repeat, and the same for any order of arrival. A public id that is not ours, or another workspace's,
 * is nothing. Dead addresses are suppressed, opt-outs withdraw the consent. Returns how many events were new.
 */
export async function recordProviderEvents(ctx: Context, events: readonly ProviderEvent[]): Promise<number> {
  let added = 0;
  for (const [runNumber, told] of byRun(events)) {
    const run = await findRun(ctx, runNumber);
    if (!run) continue;
    const here = told.filter(({ key }) => key.part === run.part);
    added += await withHotTransaction(ctx.workspaceId, (sql) => countEvents(sql, run, here));
    await suppressDead(ctx, run, here);
    bumpTopicsSoon(ctx.workspaceId, "campaigns", "deliveries", `campaign:${run.campaignId}`);
  }
  for (const event of events)
    if (event.kind === "opted_out")
      await withdrawForAddress(ctx, {
        ...event,
        evidence: event.publicId === null ? {} : { execution: event.publicId },
      });
  return added;
}

/** Counts events that came before the result of their attempt, as far as it is there now. */
export async function countEarlyEvents(ctx: Context, { runNumber }: { runNumber: number }): Promise<void> {
  const run = await findRun(ctx, runNumber);
  if (!run) return;
  await withHotTransaction(ctx.workspaceId, (sql) => countEvents(sql, run, []));
  bumpTopicsSoon(ctx.workspaceId, "campaigns", `campaign:${run.campaignId}`);
}

const STATUSES = ["delivered", "read", "failed", "bounced"] as const;

function byRun(events: readonly ProviderEvent[]): [number, StatusEvent[]][] {
  const runs = new Map<number, StatusEvent[]>();
  for (const event of events) {
    if (!isStatus(event)) continue;
    const key = decodePublicId(event.publicId);
    if (key) runs.set(key.runNumber, [...(runs.get(key.runNumber) ?? []), { ...event, key }]);
  }
  // In one order everywhere, so that two batches at once never wait for each other.
  return [...runs].sort(([one], [other]) => one - other);
}

const isStatus = (event: ProviderEvent): event is Extract<ProviderEvent, { dedupeKey: string }> =>
  STATUSES.some((status) => status === event.kind);

async function findRun(ctx: Context, runNumber: number): Promise<RunKey | null> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx.execute<RunKey>(query`
      select part, number::int as "runNumber", workspace_id as "workspaceId", campaign_id as "campaignId"
      from campaign_runs where number = ${runNumber} and workspace_id = ${ctx.workspaceId} and part is not null`),
  );
  return row ?? null;
}

/** What a provider calls dead is not tried again by anybody; found by the customer, providers do not repeat the address. */
async function suppressDead(ctx: Context, run: RunKey, events: StatusEvent[]): Promise<void> {
  const dead = events.filter(({ suppress }) => suppress);
  if (dead.length === 0) return;
  await withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{
      channel: "email" | "sms" | "whatsapp";
      address: string | null;
      kind: string;
    }>(query`
      select e.channel, case e.channel when 'email' then c.email else c.phone end as address
      from executions e join customers c on c.id = e.customer_id
      where e.part = ${run.part} and e.run_number = ${run.runNumber}
        and e.seq = any(${query.param(dead.map(({ key }) => key.seq))}::int[]) and e.channel is not null`);
    for (const { channel, address } of rows)
      if (address)
        await suppressAddress(tx, ctx, { channel, address, reason: "hard_bounce", origin: "provider" });
  });
}
