import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { foundBy, maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { type EndedState, findEnded, isEndedState, type Placed } from "./find-ended";
import { encodePublicId } from "./public-id";
import { requireCampaignReader } from "./require-reader";
import { type RecipientsInput, recipientsInput } from "./schemas";
import { type ExecutionState, executionStates, type Reaction } from "./status";

export const RECIPIENTS_A_PAGE = 50;

export type Recipient = {
  publicId: string;
  customerId: string;
  /** Empty when the customer was erased. */
  name: string;
  erased: boolean;
  address: string | null;
  state: ExecutionState;
  reason: string | null;
  /** What the rule saw, or the mail server's words. */
  detail: string | null;
  /** When it came to this state; null while it waits. */
  at: Date | null;
  /** For held and retrying: when it goes again. */
  notBefore: Date | null;
  opened: boolean;
  clicked: boolean;
};

export type RecipientPage = { rows: Recipient[]; previous: string | null; next: string | null };

type Row = Omit<Recipient, "publicId"> & { part: number; run: number; seq: number };

/**
 * The recipients of a campaign in the order of the ledger, 50 a page unless told, each with its state as the highest rank over its
 * results and events. @throws AppError FORBIDDEN; BAD_INPUT for a cursor that is none
 */
export async function listRecipients(
  ctx: Context,
  input: RecipientsInput,
  size: number = RECIPIENTS_A_PAGE,
): Promise<RecipientPage> {
  const { campaignId, after, before, ...filters } = recipientsInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const runs = await tx.execute<{ part: number; run: number }>(sql`
      select part, number::int as run from campaign_runs
      where campaign_id = ${parseId(campaignId)} and workspace_id = ${ctx.workspaceId} and part is not null`);
    if (runs.length === 0) return { rows: [], previous: null, next: null };
    const masker = await maskerFor(tx, ctx);
    const backwards = before !== undefined;
    const from = placeOf(before ?? after);
    const where = within([...runs], { ...filters, masked: masker.masks });
    const reading = { where, from, backwards, size };
    const { state } = filters;
    const rows = isEndedState(state)
      ? await readEnded(tx, { ...reading, runs: [...runs], state })
      : await readRows(tx, reading);
    const more = rows.length > size;
    const shown = rows.slice(0, size);
    if (backwards) shown.reverse();
    const [first, last] = [shown[0], shown.at(-1)];
    const [hasPrevious, hasNext] = backwards ? [more, true] : [after !== undefined, more];
    return {
      rows: shown.map((row) => ({ ...toRecipient(row), address: masker.address(row.address) })),
      previous: hasPrevious && first ? `${first.run}.${first.seq}` : null,
      next: hasNext && last ? `${last.run}.${last.seq}` : null,
    };
  });
}

type Place = { run: number; seq: number };
type Read = { where: SQL; from: Place | null; backwards: boolean; size: number };

/** At most so many places are looked at in one statement. */
const MOST_PLACES = 5_000;

/** One row more than asked, where there is one: page by page of the few that ended so, each asked again. */
async function readEnded(
  tx: Transaction,
  { runs, state, ...read }: Read & { runs: { part: number; run: number }[]; state: EndedState },
): Promise<Row[]> {
  const { size, backwards } = read;
  const rows: Row[] = [];
  let { from } = read;
  for (let limit = size + 1; ; limit = Math.min(limit * 4, MOST_PLACES)) {
    const places = await findEnded(tx, { runs, state, from, backwards, limit });
    if (places.length > 0) rows.push(...(await readRows(tx, { ...read, size: limit, from: null, places })));
    from = places.at(-1) ?? null;
    if (rows.length > size || places.length < limit) return rows.slice(0, size + 1);
  }
}

/** The executions of these places. One look-up each: with no statistics a join would read the ledger. */
const placed = (places: readonly Placed[]): SQL => sql`
  unnest(${sql.param(places.map(({ part }) => part))}::int[], ${sql.param(places.map(({ run }) => run))}::bigint[],
    ${sql.param(places.map(({ seq }) => seq))}::int[]) as k (part, run_number, seq)
  cross join lateral (select * from executions x where x.part = k.part and x.run_number = k.run_number and x.seq = k.seq limit 1) e`;

async function readRows(
  tx: Transaction,
  { where, from, backwards, size, places }: Read & { places?: readonly Placed[] },
): Promise<Row[]> {
  const order = backwards ? sql`e.run_number desc, e.seq desc` : sql`e.run_number, e.seq`;
  const behind = from
    ? sql`(e.run_number, e.seq) ${sql.raw(backwards ? "<" : ">")} (${from.run}::bigint, ${from.seq}::bigint)`
    : sql`true`;
  const rows = await tx.execute<Row>(sql`
    select e.part, e.run_number::int as run, e.seq, e.customer_id as "customerId", coalesce(c.name, '') as name,
      coalesce(c.erased_at is not null, true) as erased,
      case e.channel when 'email' then c.email else c.phone end as address, ${STATE} as state, o.reason, o.detail, o.at,
      o.not_before as "notBefore", ${didIt("opened")} as opened, ${didIt("clicked")} as clicked
    from ${places ? placed(places) : sql`executions e`} left join customers c on c.id = e.customer_id
    left join lateral (
      select x.state, x.reason, x.detail, x.at, x.not_before from execution_outcomes x
      where x.part = e.part and x.run_number = e.run_number and x.seq = e.seq
      order by execution_state_rank(x.state) desc, case when x.state in ('held', 'retrying') then x.at end desc nulls last, x.at
      limit 1) o on true
    where ${where} and ${behind} order by ${order} limit ${size + 1}`);
  return [...rows];
}

/** In a worker's hands: before the cursor of an open batch, and without its result there. */
const SENDING = sql`exists (
  select from execution_batches b where b.run_number = e.run_number and b.status = 'open' and b.cursor > b.recorded
    and (case when b.seqs is null then e.seq >= b.first_seq and e.seq < b.first_seq + b.cursor
      else e.seq = any(b.seqs[1:b.cursor]) end)
    and not exists (select from execution_results r where r.part = e.part and r.run_number = e.run_number
      and r.seq = e.seq and r.batch_number = b.batch_number))`;

const STATE = sql`case when e.arm = 'held_out' then 'held_out'
  when execution_state_rank(coalesce(o.state, 'pending')) < ${executionStates.indexOf("sending")} and ${SENDING}
  then 'sending' else coalesce(o.state, 'pending') end`;

const didIt = (kind: string): SQL => sql`exists (
  select from delivery_events d where d.part = e.part and d.run_number = e.run_number and d.seq = e.seq
    and d.kind = ${kind} and d.first)`;

/** Who could not have opened it is not among those who did not. */
const reacted = (did: Reaction): SQL =>
  did === "not_opened" || did === "not_clicked"
    ? sql`coalesce(o.state, 'pending') in ('delivered', 'read') and not ${didIt(did.slice("not_".length))}`
    : didIt(did);

type Filters = Omit<RecipientsInput, "campaignId"> & { masked: boolean };

function within(runs: { part: number; run: number }[], filters: Filters): SQL {
  const parts = sql.param(runs.map(({ part }) => part));
  const numbers = sql.param(runs.map(({ run }) => run));
  const conditions = [sql`e.part = any(${parts}::int[]) and e.run_number = any(${numbers}::bigint[])`];
  const { state, reason, did, search, masked } = filters;
  // One that was read was delivered: the figure of the delivered counts it.
  if (state)
    conditions.push(
      state === "delivered" ? sql`${STATE} in ('delivered', 'read')` : sql`${STATE} = ${state}`,
    );
  if (reason) conditions.push(sql`o.reason = ${reason}`);
  if (did) conditions.push(reacted(did));
  if (search) {
    conditions.push(sql`e.customer_id in (
      select c.id from customers c where c.workspace_id = e.workspace_id and ${foundBy(search, masked)})`);
  }
  return sql.join(conditions, sql` and `);
}

/** Beyond it there is no member of a run: the column's type holds no more. */
const LARGEST_SEQ = 2_147_483_647;

/** @throws AppError BAD_INPUT for a cursor that is none */
function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const match = /^(\d{1,15})\.(\d{1,10})$/.exec(cursor);
  if (!match)
    throw new AppError("BAD_INPUT", "This link to a page of recipients is incomplete.", { field: "after" });
  return { run: Number(match[1]), seq: Math.min(Number(match[2]), LARGEST_SEQ) };
}

function toRecipient({ part, run, seq, at, notBefore, ...row }: Row): Recipient {
  return {
    ...row,
    publicId: encodePublicId({ part, runNumber: run, seq }),
    at: at && new Date(at),
    notBefore: row.state === "held" || row.state === "retrying" ? notBefore && new Date(notBefore) : null,
  };
}
