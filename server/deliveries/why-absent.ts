import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { audienceOf } from "@/server/campaigns/audience";
import type { RunContent } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import type { Channel } from "@/server/channels/status";
import { addressOn } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { whyNotInSegments } from "@/server/segments";

type Run = { part: number; runNumber: number; audience: Audience; content: RunContent };
type Asked = { run: Run; customerId: string };

/**
 * Why a customer has no message of a run, as a sentence: the part of the audience that leaves the customer out as things
 * stand now, or the one who gets it at the same address. What cannot be known any more is not guessed.
 * @throws AppError NOT_FOUND for a customer whom the asker may not see; CONFLICT when a segment is gone
 */
export async function whyAbsent(
  tx: Transaction,
  ctx: Context,
  { run, customerId }: { run: Run | null; customerId: string },
): Promise<string> {
  const [row] = await tx.execute<{
    tier: string;
    score: number;
    later: boolean;
    erased: boolean;
    live: boolean | null;
  }>(sql`
    select c.tier, c.engagement_score as score, c.created_at > r.frozen_at and not r.live as later, r.live,
      c.erased_at is not null or c.erase_after is not null as erased from customers c
    left join campaign_runs r on r.number = ${run?.runNumber ?? null}
    where c.id = ${customerId} and c.workspace_id = ${ctx.workspaceId}
      and (${ctx.role !== "advisor"} or c.advisor_id = ${ctx.membershipId})`);
  const customer = required(row, "customer");
  if (!run) return "The campaign has not started.";
  if (customer.later) return "The customer was added after the audience was fixed.";
  if (customer.erased) return "The customer's data is erased, or is to be: no campaign goes there.";
  const [waiting] = await tx.execute(sql`
    select from run_rest_customers where run_number = ${run.runNumber} and customer_id = ${customerId}`);
  if (waiting)
    return "The customer waits for the winner of the test: the rest of the audience gets that variant.";
  const asked = { run, customerId };
  return (
    (await whyNotChosen(tx, ctx, { ...asked, tier: customer.tier })) ??
    (await whyNarrowed(tx, ctx, { ...asked, score: customer.score })) ??
    (customer.live ? await whyNotEntered(tx, ctx, asked) : await whyShared(tx, ctx, asked)) ??
    "The customer was not in the audience when it was fixed."
  );
}

/** The tier, or the segment. */
async function whyNotChosen(
  tx: Transaction,
  ctx: Context,
  { run: { audience }, customerId, tier }: Asked & { tier: string },
): Promise<string | null> {
  if (audience.kind === "tier" && !audience.tiers.some((each) => each === tier))
    return `The campaign goes to ${audience.tiers.join(", ")} customers, and this customer is ${tier}.`;
  if (audience.kind === "segments") return whyNotInSegments(tx, ctx, { ...audience, customerId });
  return null;
}

/** The first of what narrows the audience that leaves the customer out, each asked as the freeze asks it. */
async function whyNarrowed(
  tx: Transaction,
  ctx: Context,
  { run: { audience }, customerId, score }: Asked & { score: number },
): Promise<string | null> {
  const { book, minEngagement, quietDays, recentDays } = audience;
  const narrowings: [Omit<Audience, "kind">, string][] = [];
  if (book !== undefined)
    narrowings.push([
      { book },
      "The campaign goes to the customers of one advisor, and this customer is not one of them.",
    ]);
  if (minEngagement !== undefined)
    narrowings.push([
      { minEngagement },
      `The campaign goes to customers with an engagement score of at least ${minEngagement}; this one has ${score}.`,
    ]);
  if (quietDays !== undefined)
    narrowings.push([
      { quietDays },
      `The campaign goes to customers not heard from for ${inDays(quietDays)}, and this one was heard from in that time.`,
    ]);
  if (recentDays !== undefined)
    narrowings.push([
      { recentDays },
      `The campaign goes to customers heard from in the last ${inDays(recentDays)}, and this one was not.`,
    ]);
  for (const [narrowing, sentence] of narrowings) {
    const within = await audienceOf(tx, ctx, { kind: "all", ...narrowing }, [customerId]);
    const found = await tx.execute(sql`select from customers where ${within}`);
    if (found.length === 0) return sentence;
  }
  return null;
}

const inDays = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

/** An automation writes down only whom it lets in: who shares an address with one of them may have been left out for it. */
async function whyNotEntered(tx: Transaction, ctx: Context, asked: Asked): Promise<string> {
  const nothing = "Nothing has happened to the customer that this automation listens to";
  return (await whyShared(tx, ctx, asked)) === null
    ? `${nothing}.`
    : `${nothing}, or another customer with the same address came first: promotion goes once to an address.`;
}

/** Promotion goes once to an address: somebody else stands for it in this run. */
async function whyShared(
  tx: Transaction,
  ctx: Context,
  { run: { part, runNumber, content }, customerId }: Asked,
): Promise<string | null> {
  if (content.purpose !== "promotional") return null;
  for (const channel of content.channels) {
    const [address] = await tx.execute<{ value: string | null }>(sql`
      select ${addressOn(channel)} as value from customers
      where id = ${customerId} and workspace_id = ${ctx.workspaceId}`);
    if (!address?.value) continue;
    // The customers at the address first: there are few, and an index finds them.
    const [other] = await tx.execute<{ arm: string }>(sql`
      select e.arm from executions e join customers on customers.id = e.customer_id
      where e.part = ${part} and e.run_number = ${runNumber} and e.step = 0 and customers.id <> ${customerId}
        and customers.workspace_id = ${ctx.workspaceId} and ${column(channel)} = ${address.value}
        and coalesce(e.channel, ${channel}) = ${channel}
      order by e.arm desc limit 1`);
    if (other?.arm === "held_out")
      return "Another customer with the same address stands for both, and is held out: promotion goes once to an address.";
    if (other) return "Another customer with the same address gets it: promotion goes once to an address.";
  }
  return null;
}

const column = (channel: Channel) =>
  channel === "email" ? sql`lower(customers.email)` : sql`customers.phone`;
