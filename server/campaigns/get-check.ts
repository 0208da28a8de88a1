import { eq, sql } from "drizzle-orm";
import { campaignChecks, campaigns } from "@/db/schema/campaigns";
import { type Transaction, withHotTransaction, withTransaction } from "@/db/transaction";
import { type ExpectedCallbacks, expectCallbacks } from "@/server/callbacks";
import { accountFor } from "@/server/channels";
import type { Channel } from "@/server/channels/status";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import type { CheckVerdict } from "./status";
import { type CampaignRow, oneCampaign, requireReader } from "./transition";

/** One outcome of a check: how many customers it has, and the first of them. */
export type CheckGroup = {
  verdict: CheckVerdict;
  reason: string | null;
  count: number;
  /** For those held: when the first and the last of them would go. */
  from: Date | null;
  until: Date | null;
  sample: { customerId: string; name: string; channel: Channel; detail: string | null; until: Date | null }[];
};

/** What would become of the customers of one variant; `variant` is null for the rest, which waits for the winner. */
export type CheckedVariant = {
  variant: number | null;
  goes: number;
  held: number;
  waits: number;
  skipped: number;
};

export type Check = {
  id: string;
  /** Whether the campaign has not been changed since. */
  current: boolean;
  status: "running" | "done" | "cancelled" | "failed";
  total: number;
  judged: number;
  heldOut: number;
  /** Micro-units, tax included. */
  cost: string;
  groups: CheckGroup[];
  /** By variant; empty without a test. */
  variants: CheckedVariant[];
  /** When the last message would go if it were launched now; null when none would. */
  finishesAt: Date | null;
  /** Messages a second by the slowest of its channels; null: nobody has set a pace, so it takes moments. */
  perSecond: number | null;
  /** Only of a finished check. */
  callbacks: ExpectedCallbacks | null;
  /** How recent the payments data is; null when none was ever imported. */
  paymentsAsOf: Date | null;
  /** Approval of the WhatsApp templates that it uses. */
  templates: { name: string; language: string; approval: string }[];
};

const SAMPLE = 5;

/** The last check of a campaign, as far as it has come; null before the first. @throws AppError FORBIDDEN, NOT_FOUND */
export async function getCheck(ctx: Context, { id }: { id: string }): Promise<Check | null> {
  requireReader(ctx);
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx.select().from(campaigns).where(oneCampaign(ctx, id));
    const campaign = required(found, "campaign");
    const [check] = await tx.select().from(campaignChecks).where(eq(campaignChecks.campaignId, campaign.id));
    if (!check) return null;
    const groups = await readGroups(tx, check.id);
    const [workspace] = await tx.execute<{ asOf: string | null }>(sql`
      select to_json(payments_as_of) #>> '{}' as "asOf" from workspaces where id = ${ctx.workspaceId}`);
    const said = [campaign.bodies, ...(campaign.abTest?.variants ?? []).flatMap((each) => each.bodies ?? [])];
    const ids = said.flatMap((bodies) =>
      Object.values(bodies.whatsapp ?? {}).flatMap(({ templateId }) => templateId ?? []),
    );
    const templates = await tx.execute<Check["templates"][number]>(sql`
      select name, language, approval from whatsapp_templates
      where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[]) order by name, language`);
    const { total, judged, heldOut, cost, status, version } = check;
    const { messages, seconds, ...finish } = await finishOf(tx, ctx, { checkId: check.id, campaign });
    return {
      ...{ id: check.id, current: version === campaign.version, status, total, judged, heldOut, groups },
      cost: cost.toString(),
      variants: campaign.abTest ? await readVariants(tx, check.id) : [],
      ...finish,
      callbacks: status === "done" ? await expectCallbacks(tx, ctx, { messages, seconds }) : null,
      paymentsAsOf: workspace?.asOf ? new Date(workspace.asOf) : null,
      templates: [...templates],
    };
  });
}

async function readVariants(tx: Transaction, checkId: string): Promise<CheckedVariant[]> {
  const of = (verdict: CheckVerdict) => sql`count(*) filter (where verdict = ${verdict})::int`;
  const rows = await tx.execute<CheckedVariant>(sql`
    select variant, ${of("goes")} as goes, ${of("held")} as held, ${of("waits")} as waits, ${of("skipped")} as skipped
    from campaign_check_customers where check_id = ${checkId} group by variant order by variant nulls last`);
  return [...rows];
}

type GroupRow = Omit<CheckGroup, "sample" | "from" | "until"> & { from: string | null; until: string | null };
type SampleRow = { verdict: CheckVerdict; reason: string | null } & Omit<
  CheckGroup["sample"][number],
  "until"
> & {
    until: string | null;
  };

async function readGroups(tx: Transaction, checkId: string): Promise<CheckGroup[]> {
  const groups = await tx.execute<GroupRow>(sql`
    select verdict, reason, count(*)::int as count, to_json(min(until)) #>> '{}' as from,
      to_json(max(until)) #>> '{}' as until
    from campaign_check_customers where check_id = ${checkId} and verdict is not null
    group by 1, 2 order by verdict <> 'goes', 3 desc, 2`);
  const filled: CheckGroup[] = [];
  for (const group of groups) {
    const sample = await tx.execute<SampleRow>(sql`
      select s.customer_id as "customerId", coalesce(c.name, '') as name, s.channel, s.detail,
        to_json(s.until) #>> '{}' as until
      from (select * from campaign_check_customers where check_id = ${checkId} and verdict = ${group.verdict}
        and reason is not distinct from ${group.reason} order by place limit ${SAMPLE}) s
      left join customers c on c.id = s.customer_id order by s.place`);
    filled.push({
      ...group,
      from: group.from === null ? null : new Date(group.from),
      until: group.until === null ? null : new Date(group.until),
      sample: sample.map((row) => ({ ...row, until: row.until === null ? null : new Date(row.until) })),
    });
  }
  return filled;
}

/** Messages by channel, and how long it takes from now to the last of them. */
type Sending = { messages: Partial<Record<Channel, number>>; seconds: number };

/** By the pace of each channel's account and of the campaign, and by what is held. */
async function finishOf(
  tx: Transaction,
  ctx: Context,
  { checkId, campaign }: { checkId: string; campaign: Pick<CampaignRow, "ratePerSecond" | "abTest"> },
): Promise<Pick<Check, "finishesAt" | "perSecond"> & Sending> {
  const now = await readClock(tx);
  const { ratePerSecond, abTest } = campaign;
  const rows = await tx.execute<{ channel: Channel; rest: boolean; count: number; until: string | null }>(sql`
    select channel, variant is null as rest, count(*)::int as count, to_json(max(until)) #>> '{}' as until from campaign_check_customers
    where check_id = ${checkId} and verdict in ('goes', 'held') group by 1, 2`);
  let finishesAt: Date | null = null;
  let perSecond: number | null = null;
  const messages: Sending["messages"] = {};
  for (const { channel, rest, count, until } of rows) {
    messages[channel] = (messages[channel] ?? 0) + count;
    const account = await withHotTransaction(ctx.workspaceId, (hot) =>
      accountFor(hot, ctx.workspaceId, channel),
    );
    const rates = [account.ratePerSecond, ratePerSecond].filter((rate) => rate !== null);
    const rate = rates.length > 0 ? Math.min(...rates) : null;
    if (rate !== null) perSecond = Math.min(rate, perSecond ?? rate);
    // The rest waits for a winner, at the latest so long.
    const waits = rest ? (abTest?.waitHours ?? 0) * 3_600_000 : 0;
    const paced = now.getTime() + waits + (rate === null ? 0 : (count / rate) * 1_000);
    const last = Math.max(paced, until === null ? 0 : Date.parse(until), finishesAt?.getTime() ?? 0);
    finishesAt = new Date(last);
  }
  const seconds = finishesAt === null ? 0 : (finishesAt.getTime() - now.getTime()) / 1_000;
  return { finishesAt, perSecond, messages, seconds };
}
