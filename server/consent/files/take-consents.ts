import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { addressHash, addressHint } from "../address-hash";
import type { Owner } from "./look-up-owners";
import type { ConsentLine } from "./read-line";

export type Entry = Omit<ConsentLine, "customerId" | "phone" | "email"> & { owner: Owner; rowNumber: number };

type Change = { fileId: string; entries: readonly Entry[]; write: boolean };
type Changed = { rows: Set<number>; customers: Set<string> };

/**
 * Appends what a file says to the ledger, in bulk: only what is later than what stands and says something else, so that a
 * file cannot overrule a later “no”, and the same file twice changes nothing. Without `write` it only says what would
 * change, each line by itself. Withdrawn promotion goes on the suppression list as well, given one takes an opt-out off it.
 */
export async function takeConsents(tx: Transaction, ctx: Context, change: Change): Promise<Changed> {
  const changed: Changed = { rows: new Set(), customers: new Set() };
  for (const round of roundsOf(change.entries)) {
    const moved = await takeRound(tx, ctx, { ...change, entries: round });
    for (const { rowNumber, owner } of moved) {
      changed.rows.add(rowNumber);
      changed.customers.add(owner.id);
    }
  }
  return changed;
}

/** One statement touches a standing once: of several lines about it, the earlier day goes in the earlier round. */
function roundsOf(entries: readonly Entry[]): Entry[][] {
  const rounds: Entry[][] = [];
  const seen = new Map<string, number>();
  for (const entry of entries.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time))) {
    const key = `${entry.owner.id} ${entry.channel} ${entry.purpose}`;
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    rounds[round] = [...(rounds[round] ?? []), entry];
  }
  return rounds;
}

async function takeRound(
  tx: Transaction,
  ctx: Context,
  { fileId, entries, write }: Change,
): Promise<Entry[]> {
  const offered = entries.map((entry, nth) => ({
    nth,
    id: newId(),
    customer_id: entry.owner.id,
    channel: entry.channel,
    purpose: entry.purpose,
    granted: entry.action === "granted",
    source: entry.source,
    text: entry.text,
    evidence: { fileId, row: entry.rowNumber, ...(entry.evidence && { reference: entry.evidence }) },
    at: entry.time,
  }));
  // A bare day is the workspace's own.
  const given = sql`
    select r.*, case when length(r.at) = 10
      then r.at::date::timestamp at time zone (select time_zone from workspaces where id = ${ctx.workspaceId})
      else r.at::timestamptz end as said_at
    from jsonb_to_recordset(${JSON.stringify(offered)}::jsonb) as r(nth int, id uuid, customer_id uuid, channel text,
      purpose text, granted boolean, source text, text text, evidence jsonb, at text)`;
  const rows = write
    ? await tx.execute<{ nth: number }>(sql`
        with offered as (${given}),
        moved as (
          insert into consent_states (workspace_id, customer_id, channel, purpose, granted, at)
          select ${ctx.workspaceId}, customer_id, channel, purpose, granted, least(said_at, clock_now()) from offered
          order by customer_id, channel, purpose
          on conflict (workspace_id, customer_id, channel, purpose) do update set granted = excluded.granted, at = excluded.at
          where consent_states.granted <> excluded.granted and consent_states.at < excluded.at
          returning customer_id, channel, purpose, at),
        appended as (
          insert into consents (id, workspace_id, customer_id, channel, purpose, action, source, text_shown, evidence, at,
            actor_kind, actor_id)
          select o.id, ${ctx.workspaceId}, o.customer_id, o.channel, o.purpose,
            case when o.granted then 'granted' else 'withdrawn' end, o.source, o.text, o.evidence, m.at,
            ${ctx.actor.kind}, ${ctx.actor.id}
          from moved m join offered o using (customer_id, channel, purpose))
        select o.nth from moved m join offered o using (customer_id, channel, purpose)`)
    : await tx.execute<{ nth: number }>(sql`
        with offered as (${given})
        select o.nth from offered o left join consent_states s on s.workspace_id = ${ctx.workspaceId}
          and s.customer_id = o.customer_id and s.channel = o.channel and s.purpose = o.purpose
        where s.customer_id is null or (s.granted <> o.granted and s.at < o.said_at)`);
  const moved = rows.flatMap(({ nth }) => entries[nth] ?? []);
  if (write) await followOnList(tx, ctx, { fileId, moved });
  return moved;
}

/** The suppression list follows promotion that was withdrawn or given. */
async function followOnList(
  tx: Transaction,
  ctx: Context,
  { fileId, moved }: { fileId: string; moved: readonly Entry[] },
): Promise<void> {
  const addresses = moved.flatMap(({ channel, purpose, action, owner }) => {
    const address = channel === "email" ? owner.email : owner.phone;
    if (purpose !== "promotional" || !address) return [];
    return [
      {
        id: newId(),
        channel,
        action,
        hash: addressHash(channel, address),
        hint: addressHint(channel, address),
      },
    ];
  });
  const [lost, given] = [
    addresses.filter(({ action }) => action === "withdrawn"),
    addresses.filter(({ action }) => action === "granted"),
  ];
  if (lost.length > 0)
    await tx.execute(sql`
      insert into suppressions (id, workspace_id, channel, address_hash, address_hint, reason, origin, added_by, file_id)
      select r.id, ${ctx.workspaceId}, r.channel, r.hash, r.hint, 'unsubscribed', 'consent_file', ${ctx.userId}, ${fileId}
      from (select distinct on (channel, hash) * from jsonb_to_recordset(${JSON.stringify(lost)}::jsonb)
        as x(id uuid, channel text, hash text, hint text) order by channel, hash) r
      on conflict do nothing`);
  if (given.length > 0)
    await tx.execute(sql`
      delete from suppressions s using jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as x(channel text, hash text)
      where s.workspace_id = ${ctx.workspaceId} and s.channel = x.channel and s.address_hash = x.hash
        and s.reason = 'unsubscribed'`);
}
