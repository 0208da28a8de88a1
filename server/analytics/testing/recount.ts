import type { Sql } from "postgres";
import { type ExecutionState, highestState } from "@/server/deliveries/status";
import { type Counts, noCounts } from "../status";

/** Everything that is known of one message of a campaign, read row by row. */
export type Message = {
  channel: string;
  variant: number;
  arm: string;
  customerId: string;
  city: string | null;
  tier: string;
  language: string;
  counts: Counts;
};

type Row = Omit<Message, "counts"> & { run: string; seq: number };
type Result = { seq: number; state: ExecutionState; reason: string | null; cost: string | null };
type Event = { seq: number; kind: string; machine: boolean; counted: boolean; cost: string | null };
type Conversion = { seq: number; customer_id: string; value_micros: string; currency: string };

/**
 * The messages of one run, each with what it adds to the figures, from plain reads of the raw tables: no roll-up, no SQL
 * aggregate, no `first` mark, and the order of states as the domain writes it down.
 */
export async function messagesOf(owner: Sql, runNumber: number): Promise<Message[]> {
  const rows = await owner<Row[]>`
    select e.run_number as run, e.seq, coalesce(e.channel, '') as channel, e.variant, e.arm, e.customer_id as "customerId", c.city,
      c.tier, c.language from executions e join customers c on c.id = e.customer_id where e.run_number = ${runNumber}`;
  const results = await owner<Result[]>`
    select seq, state, reason, cost_micros::text as cost from execution_results where run_number = ${runNumber}`;
  const events = await owner<Event[]>`
    select seq, kind, machine, counted, cost_micros::text as cost from delivery_events where run_number = ${runNumber}`;
  const conversions = await owner<Conversion[]>`
    select seq, customer_id, value_micros, currency from conversions
    where run_number = ${runNumber} and discounted_for is null order by occurred_at, id`;
  const converted = new Set<string>();
  const credited = new Map<number, { first: number; all: number; revenue: bigint }>();
  for (const { seq, customer_id: customer, value_micros: value, currency } of conversions) {
    const at = credited.get(seq) ?? { first: 0, all: 0, revenue: 0n };
    if (!converted.has(customer)) at.first++;
    converted.add(customer);
    at.all++;
    if (currency === "INR") at.revenue += BigInt(value);
    credited.set(seq, at);
  }
  return rows.map(({ run: _, seq, ...row }) => {
    const own = results.filter((each) => each.seq === seq);
    const told = events.filter((each) => each.seq === seq);
    const states = told.filter(({ counted }) => counted).map(({ kind }) => kind);
    const proofs = states.filter((kind) => ["delivered", "read", "bounced", "failed"].includes(kind));
    const state = highestState([
      ...own.map((each) => each.state),
      ...proofs.map((kind) => (kind === "read" ? "delivered" : kind) as ExecutionState),
    ]);
    const accepted = own.some((each) => each.state === "sent" || each.state === "delivered");
    const did = (kind: string) => Number(told.some((each) => each.kind === kind && !each.machine));
    const cost = [...own, ...told].reduce((sum, each) => sum + BigInt(each.cost ?? 0), 0n);
    const credit = credited.get(seq);
    return {
      ...row,
      counts: {
        ...noCounts,
        targeted: 1,
        sent: Number(accepted || proofs.length > 0),
        delivered: Number(state === "delivered"),
        bounced: Number(state === "bounced"),
        failed: Number(state === "failed"),
        skipped: Number(state === "skipped"),
        opened: did("opened"),
        clicked: did("clicked"),
        replied: did("replied"),
        unsubscribed: did("unsubscribed"),
        complained: did("complained"),
        converted: credit?.first ?? 0,
        conversions: credit?.all ?? 0,
        revenue: String(credit?.revenue ?? 0n),
        cost: String(cost),
      },
    };
  });
}

/** Sums of messages by a key. */
export function summed(
  messages: readonly Message[],
  keyOf: (message: Message) => string,
): Map<string, Counts> {
  const sums = new Map<string, Counts>();
  for (const message of messages) {
    const key = keyOf(message);
    const before = sums.get(key) ?? noCounts;
    const names = Object.keys(noCounts) as (keyof Counts)[];
    const after = names.map((name) => {
      const [one, other] = [before[name], message.counts[name]];
      return [name, typeof one === "number" ? one + Number(other) : String(BigInt(one) + BigInt(other))];
    });
    sums.set(key, Object.fromEntries(after) as Counts);
  }
  return sums;
}
