import postgres, { type Sql } from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { campaignBreakdown } from "@/server/analytics/breakdown";
import { campaignAnalytics } from "@/server/analytics/campaign";
import { campaignCourse } from "@/server/analytics/course";
import { campaignExperiment } from "@/server/analytics/experiment";
import { foldDays } from "@/server/analytics/fold-days";
import { campaignHoldOut } from "@/server/analytics/hold-out";
import { campaignHours } from "@/server/analytics/hours";
import { campaignInsights } from "@/server/analytics/insights";
import { dimensions } from "@/server/analytics/status";
import { workspacePeriod } from "@/server/analytics/workspace";
import { nothingMore, recordResults } from "@/server/deliveries/record-results";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { systemContext } from "@/server/platform/context";
import { campaignId, fillAnalytics, RUNS } from "./analytics-data";

const WORKSPACE = "01900000-0000-7000-8000-000000000009";
const LOOKS = 60;
const ROUNDS = 5;
const MICRO_BATCH = 100;
const BATCHES = 200;

const median = (values: number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
const rounded = (value: number): number => Math.round(value * 100) / 100;

/**
 * Analytics over 20 million delivery events: the p95 of each panel as its screen asks for it, the worst of them, a period of the
 * workspace before its days are folded (as after a change of its zone, for some minutes), the first count of a breakdown, and
 * what the roll-ups cost the statement that appends results, side by side with one without them.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase({ max_wal_size: "8GB", shared_buffers: "1GB" });
  await migrateDatabase(database.url);
  Object.assign(env, {
    DATABASE_URL: database.url,
    RINGBACK_DATA_DIR: database.dir,
    RINGBACK_SECRET: "bench",
  });
  const owner = postgres(database.url, { max: 1, onnotice: () => undefined });
  const began = performance.now();
  await fillAnalytics(owner, WORKSPACE);
  const fillSeconds = (performance.now() - began) / 1_000;
  const [counted] = await owner<{ n: number }[]>`select count(*)::int as n from delivery_events`;
  const ctx = systemContext(WORKSPACE);
  const unfoldedWorkspace90P95Ms = await p95Of(() => workspacePeriod(ctx, { days: 90 }));
  const foldBegan = performance.now();
  while (!(await foldDays(ctx)).done);
  const foldSeconds = (performance.now() - foldBegan) / 1_000;
  await owner`vacuum analyze run_rollups, conversion_rollups, campaign_days`;
  const panels = await measurePanels();
  const rollupOverhead = await measureUpkeep(owner);
  await closeDatabase();
  await owner.end();
  await database.stop();
  return {
    ...panels,
    ...{ unfoldedWorkspace90P95Ms, foldSeconds: rounded(foldSeconds), rollupOverhead },
    ...{ deliveryEvents: counted?.n ?? 0, fillSeconds: rounded(fillSeconds) },
  };
}

/** In milliseconds, over so many looks; each look knows how many came before it. */
async function p95Of(panel: (look: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const at = performance.now();
    await panel(look);
    times.push(performance.now() - at);
  }
  times.sort((one, other) => one - other);
  return rounded(times[Math.floor(times.length * 0.95)] ?? 0);
}

async function measurePanels(): Promise<Record<string, number>> {
  const ctx = systemContext(WORKSPACE);
  const panels: Record<string, (campaign: { campaignId: string }) => Promise<unknown>> = {
    figures: (campaign) => campaignAnalytics(ctx, campaign),
    course: (campaign) => campaignCourse(ctx, campaign),
    hours: (campaign) => campaignHours(ctx, campaign),
    holdOut: (campaign) => campaignHoldOut(ctx, campaign),
    variants: (campaign) => campaignExperiment(ctx, { ...campaign, metric: "conversion" }),
    insights: (campaign) => campaignInsights(ctx, campaign),
    workspace30: () => workspacePeriod(ctx, { days: 30 }),
    workspace90: () => workspacePeriod(ctx, { days: 90 }),
  };
  for (const by of dimensions) panels[`by_${by}`] = (campaign) => campaignBreakdown(ctx, { ...campaign, by });
  const figures: Record<string, number> = {};
  const cold: number[] = [];
  for (let run = 1; run <= RUNS; run++) {
    const at = performance.now();
    await campaignBreakdown(ctx, { campaignId: campaignId(run), by: "city" });
    cold.push(performance.now() - at);
    for (const panel of Object.values(panels)) await panel({ campaignId: campaignId(run) });
  }
  for (const [name, panel] of Object.entries(panels))
    figures[`${name}P95Ms`] = await p95Of((look) => panel({ campaignId: campaignId(1 + (look % RUNS)) }));
  return {
    worstPanelP95Ms: Math.max(...Object.values(figures)),
    ...figures,
    firstCountMs: rounded(median(cold)),
  };
}

/** What the roll-ups add to the time of appending results, as a share of the time without: the median of five pairs. */
async function measureUpkeep(owner: Sql): Promise<number> {
  await owner`set synchronous_commit = on`;
  const [source] = await owner<{ words: string }[]>`
    select pg_get_functiondef('record_results'::regproc) as words`;
  const product = source?.words ?? "";
  const without = product.replace(
    /,\s*counted AS \([\s\S]*?cost_micros = k\.cost_micros \+ excluded\.cost_micros\)/,
    "",
  );
  if (without === product) throw new Error("the roll-ups were not found in record_results");
  const ratios: number[] = [];
  let batch = 1_000;
  for (let round = 0; round < ROUNDS; round++) {
    const times: number[] = [];
    // Each first in turn, so that neither always comes after a checkpoint.
    const order = round % 2 === 0 ? [product, without] : [without, product];
    for (const words of order) {
      await owner.unsafe(words);
      await owner`checkpoint`;
      batch++;
      const time = await append(owner, batch);
      times[words === product ? 0 : 1] = time;
    }
    ratios.push((times[0] ?? 0) / (times[1] ?? 1) - 1);
  }
  await owner.unsafe(product);
  return rounded(median(ratios));
}

async function append(owner: Sql, batchNumber: number): Promise<number> {
  const [run] = await owner<{ part: number; number: number; campaign: string }[]>`
    select part, number::int as number, campaign_id as campaign from campaign_runs order by number limit 1`;
  if (!run) throw new Error("no run");
  const to = {
    part: run.part,
    runNumber: run.number,
    workspaceId: WORKSPACE,
    campaignId: run.campaign,
    channel: "email",
    batchNumber,
  };
  const at = performance.now();
  for (let nth = 0; nth < BATCHES; nth++) {
    const rows = Array.from({ length: MICRO_BATCH }, (_, member) => ({
      ...nothingMore,
      seq: nth * MICRO_BATCH + member + 1,
      variant: 0,
      state: "delivered" as const,
      providerMessageId: `queued-${nth}-${member}`,
      cost: 0n,
      attempts: 1,
    }));
    await withHotTransaction(WORKSPACE, (sql) => recordResults(sql, to, rows));
  }
  return performance.now() - at;
}
