import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import type { Candidate } from "./candidates";
import type { Entry } from "./entry";
import { LATEST_HOURS } from "./status";

/** A customer with the address of the channel that was chosen for them, as `channelChoice` gives it. */
export type Reached = {
  id: string;
  channel: Channel;
  address: string | null;
  granted: boolean | null;
  stopped: boolean;
};

/**
 * Hours in which promotion goes to an address once, null for ever: as long as the same customer does not enter again, and at
 * least as long as something that happened is looked at again.
 */
export const takenFor = (againHours: number | null): number | null =>
  againHours === null ? null : Math.max(againHours, LATEST_HOURS);

/** WhatsApp and SMS go to the same phone. */
const kindOf = (channel: Channel): "email" | "phone" => (channel === "email" ? "email" : "phone");

/** An address with its kind; null for none, which nobody shares. */
export const addressKey = ({ channel, address }: Pick<Reached, "channel" | "address">): string | null =>
  address ? `${kindOf(channel)} ${address}` : null;

/** Of those who share an address the one who may be sent it comes first, as in a broadcast (`onceEach`). */
export const firstReached = (one: Reached, other: Reached): number =>
  Number(one.stopped) - Number(other.stopped) ||
  Number(one.granted !== true) - Number(other.granted !== true) ||
  one.id.localeCompare(other.id);

/** One entry at a time of those who share addresses: of two at once the second one sees the first. */
export const lockAddresses = (tx: Transaction, campaignId: string) =>
  tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`automation-addresses:${campaignId}`}, 0))`);

type Asked = { campaignId: string; againHours: number | null; reached: readonly Reached[] };

/**
 * Promotion goes once to an address (joints.md): of candidates whose customers share one, those of a single customer, and none
 * where somebody else at it entered before, unless their message was left out. Call it with those who are in the audience.
 */
export async function oncePerAddress(
  tx: Transaction,
  ctx: Context,
  { campaignId, againHours, reached, candidates }: Asked & { candidates: readonly Candidate[] },
): Promise<readonly Candidate[]> {
  const sharing = await sharersOf(tx, ctx, reached);
  if (sharing.size === 0) return candidates;
  await lockAddresses(tx, campaignId);
  const hours = takenFor(againHours);
  const since = hours === null ? sql`true` : sql`e.entered_at > clock_now() - ${hours} * interval '1 hour'`;
  const before = await messagesOf(tx, [...new Set([...sharing.values()].flat())], {
    entries: sql`e.campaign_id = ${campaignId} and ${since}`,
    step: 0,
  });
  const winners = new Map<string, Reached>();
  for (const each of [...reached].sort(firstReached)) {
    const others = sharing.get(each.id) ?? [];
    const key = addressKey(each);
    const taken = before.some(
      ({ id, channel }) =>
        others.includes(id) && (channel === null || kindOf(channel) === kindOf(each.channel)),
    );
    if (key !== null && !taken && !winners.has(key)) winners.set(key, each);
  }
  const kept = new Set([...winners.values()].map(({ id }) => id));
  return candidates.filter(({ customerId }) => !sharing.has(customerId) || kept.has(customerId));
}

/** Whether somebody else at the same address was written the message of this step, having entered about the same time. */
export async function isTakenAtStep(
  tx: Transaction,
  ctx: Context,
  { entry, channel, step }: { entry: Entry; channel: Channel; step: number },
): Promise<boolean> {
  const { customerId, campaignId, enteredAt } = entry;
  const column = sql.raw(channel === "email" ? "lower(btrim(email))" : "btrim(phone)");
  const [own] = await tx.execute<{ address: string | null; againHours: number | null }>(sql`
    select ${column} as address, (select again_hours from automations where campaign_id = ${campaignId}) as "againHours"
    from customers where id = ${customerId} and workspace_id = ${ctx.workspaceId}`);
  const reached = { id: customerId, channel, address: own?.address ?? null, granted: true, stopped: false };
  const others = (await sharersOf(tx, ctx, [reached])).get(customerId);
  if (!others) return false;
  await lockAddresses(tx, campaignId);
  const hours = takenFor(own?.againHours ?? null);
  const near =
    hours === null
      ? sql`true`
      : sql`abs(extract(epoch from e.entered_at - ${enteredAt.toISOString()}::timestamptz)) < ${hours * 3_600}`;
  const written = await messagesOf(tx, others, {
    entries: sql`e.campaign_id = ${campaignId} and e.run_number = ${entry.runNumber} and ${near}`,
    step,
  });
  return written.some((each) => each.channel === channel);
}

/** Customer → everybody else who has the address of their channel; only those who share one. */
async function sharersOf(
  tx: Transaction,
  ctx: Context,
  reached: readonly Reached[],
): Promise<Map<string, string[]>> {
  const holders = new Map<string, string[]>();
  for (const kind of ["email", "phone"] as const) {
    const addresses = reached.flatMap(({ channel, address }) =>
      address && kindOf(channel) === kind ? [address] : [],
    );
    if (addresses.length === 0) continue;
    const given = sql`${sql.param(addresses)}::text[]`;
    const [column, having] =
      kind === "email"
        ? [sql`lower(email)`, sql`id = any(array(select customers_with_email(${given})))`]
        : [sql`phone`, sql`phone = any(${given})`];
    const rows = await tx.execute<{ id: string; address: string }>(sql`
      select id, ${column} as address from customers where workspace_id = ${ctx.workspaceId} and ${having}`);
    for (const { id, address } of rows) {
      const key = `${kind} ${address}`;
      holders.set(key, [...(holders.get(key) ?? []), id]);
    }
  }
  return new Map(
    reached.flatMap(({ id, channel, address }) => {
      const at = holders.get(`${kindOf(channel)} ${address}`) ?? [];
      const others = at.filter((other) => other !== id);
      return others.length > 0 ? [[id, others] as const] : [];
    }),
  );
}

/**
 * Messages of a step that these customers' entries have, but those that were left out. A hold-out's stands for its address
 * without a channel. One look-up a message: with no statistics a join would read the ledger.
 */
async function messagesOf(
  tx: Transaction,
  customerIds: readonly string[],
  { entries, step }: { entries: SQL; step: number },
): Promise<{ id: string; channel: Channel | null }[]> {
  return tx.execute<{ id: string; channel: Channel | null }>(sql`
    select e.customer_id as id, x.channel from automation_entries e
    cross join lateral (
      select x.part, x.run_number, x.seq, x.channel from executions x
      where x.part = (select r.part from campaign_runs r where r.number = e.run_number) and x.run_number = e.run_number
        and x.customer_id = e.customer_id and x.occurrence = e.occurrence and x.step = ${step} limit 1) x
    where ${entries} and e.customer_id = any(${sql.param([...customerIds])}::uuid[])
      and not exists (select from execution_results r where r.part = x.part and r.run_number = x.run_number
        and r.seq = x.seq and r.state = 'skipped')`);
}
