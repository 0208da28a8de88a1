import { type SQL, sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Audience } from "@/server/campaigns/schemas";
import { requireCampaignReader } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import { ruleCondition } from "@/server/segments";
import { type Grouped, groupedFacts, runsOf } from "./facts";
import { keptCounts, type Moved, rollupVersion } from "./kept-counts";
import { type BreakdownInput, breakdownInput } from "./schemas";
import type { Dimension } from "./status";

/** Larger audiences take seconds to count: while they are sent to, their breakdowns may be older than those of the others. */
const LARGE = 50_000;
const PATIENCE_SECONDS = { small: 1, large: 30 };
/** So few are counted at each look, whatever moves. */
const TINY = 2_000;
/** Customers move and enter segments without a message: counts by them are made anew after a while. */
const LIFE_SECONDS = { small: 60, large: 3_600 };
/** Without segments in its audience, a campaign is looked at by the segments that are tracked. */
const MOST_SEGMENTS = 8;
const MOST_ROWS = 50;

export type BreakdownRow = Grouped & { label: string };
export type Breakdown = {
  by: Dimension;
  /** The largest first; a customer in several segments stands in each. */
  rows: BreakdownRow[];
  /** More values than are listed. */
  cut: boolean;
  countedAt: Date;
  /** False: something moved since, and it is counted again soon. */
  current: boolean;
};

/**
 * A campaign's counts by an attribute of its messages or customers, as the customers are when it is counted. Counted from
 * rows once for each state of the roll-ups.
 * @param moved that state, for whoever has just read it and asks for several breakdowns
 * @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function campaignBreakdown(
  ctx: Context,
  input: BreakdownInput,
  moved?: Moved,
): Promise<Breakdown> {
  const { campaignId: asked, by } = breakdownInput.parse(input);
  const campaignId = parseId(asked);
  return withTransaction(ctx, async (tx) => {
    await requireCampaignReader(tx, ctx, campaignId);
    const { version, audience } = moved ?? (await rollupVersion(tx, ctx, campaignId));
    const segments = by === "segment" ? await segmentsFor(tx, ctx, campaignId) : [];
    const { counts, countedAt, current } = await keptCounts(tx, ctx, {
      campaignId,
      name: by,
      version: [version, ...segments.map(({ id, version }) => `${id}.${version}`)].join("/"),
      patienceSeconds:
        audience > LARGE ? PATIENCE_SECONDS.large : audience > TINY ? PATIENCE_SECONDS.small : 0,
      ...(ofLedger(by) ? {} : { lifeSeconds: audience > LARGE ? LIFE_SECONDS.large : LIFE_SECONDS.small }),
      count: async () =>
        groupedFacts(tx, ctx, {
          campaignId,
          runs: await runsOf(tx, ctx, campaignId),
          keys: by === "segment" ? await segmentKeys(tx, ctx, segments) : attributeKeys[by],
        }),
    });
    const names = new Map(segments.map(({ id, name }) => [id, name]));
    return {
      by,
      rows: counts.slice(0, MOST_ROWS).map((row) => ({ ...row, label: names.get(row.key) ?? row.key })),
      cut: counts.length > MOST_ROWS,
      countedAt,
      current,
    };
  });
}

/** What the ledger itself says of a message never changes. */
const ofLedger = (by: Dimension): boolean => by === "channel" || by === "variant";

const attributeKeys: Record<Exclude<Dimension, "segment">, SQL> = {
  channel: sql`select coalesce(e.channel, '') as key`,
  variant: sql`select e.variant::text as key`,
  language: sql`select coalesce(c.language, '') as key`,
  city: sql`select coalesce(c.city, '') as key`,
  tier: sql`select coalesce(c.tier, '') as key`,
};

type Segment = { id: string; name: string; version: number };

/** Those that its audience names; else those whose members are tracked, the newest first. */
async function segmentsFor(tx: Transaction, ctx: Context, campaignId: string): Promise<Segment[]> {
  const [campaign] = await tx.execute<{ audience: Audience }>(sql`
    select audience from campaigns where id = ${campaignId} and workspace_id = ${ctx.workspaceId}`);
  const { audience } = required(campaign, "campaign");
  const named = audience.kind === "segments" ? [...audience.include] : [];
  const which =
    named.length > 0 ? sql`id = any(${sql.param(named)}::uuid[])` : sql`tracked and archived_at is null`;
  const rows = await tx.execute<Segment>(sql`
    select id, name, version from segments
    where workspace_id = ${ctx.workspaceId} and deleted_at is null and ${which} order by id desc limit ${MOST_SEGMENTS}`);
  return [...rows];
}

/** Every segment that the customer is in now. */
async function segmentKeys(tx: Transaction, ctx: Context, segments: Segment[]): Promise<SQL> {
  const places: SQL[] = [];
  for (const { id } of segments) {
    const rule = { match: "all", of: [{ on: "segment", segment: id, in: true }] } as const;
    const condition = await ruleCondition(
      tx,
      ctx,
      { match: rule.match, of: [...rule.of] },
      { shape: "many" },
    );
    places.push(sql`select ${id}::text as key where c.id is not null and ${condition}`);
  }
  return places.length === 0 ? sql`select '' as key where false` : sql.join(places, sql` union all `);
}
