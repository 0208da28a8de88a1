import { sql } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { type EndedState, endedQuery } from "./find-ended";
import { listRecipients } from "./list-recipients";
import { makeLaunchedCampaign } from "./testing/campaign";

const db = await testDatabase();
const SIZE = 20_000;
let ctx: Context;
let campaignId: string;
const runs: { part: number; run: number }[] = [];

/** What a number's message came to, and what a provider said of it afterwards. */
const cameTo = (seq: number): string =>
  seq % 500 === 1
    ? "failed"
    : seq % 400 === 2
      ? "skipped"
      : seq % 2_000 === 3
        ? "unknown"
        : seq % 250 === 4
          ? "bounced"
          : seq % 1_000 === 5
            ? "told"
            : "delivered";

beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const made = await makeLaunchedCampaign(db.owner, ctx.workspaceId);
  campaignId = made.campaignId;
  const [again] = await db.owner<{ number: number }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, content)
    select gen_random_uuid(), workspace_id, campaign_id, 'again', content from campaign_runs where number = ${made.runNumber}
    returning number::int as number`;
  for (const run of [made.runNumber, again?.number ?? 0]) {
    const [place] = await db.owner<{ part: number }[]>`select prepare_run_part(${run}) as part`;
    const part = place?.part ?? 0;
    runs.push({ part, run });
    await db.owner`update campaign_runs set part = ${part}, status = 'active' where number = ${run}`;
    await db.owner.unsafe(`
      insert into executions_p${part} (part, run_number, seq, workspace_id, customer_id, channel)
      select ${part}, ${run}, n, '${ctx.workspaceId}', gen_random_uuid(), 'email' from generate_series(1, ${SIZE}) n`);
    await db.owner`select attach_run_part(${run})`;
    await db.owner`
      insert into execution_results (part, run_number, seq, batch_number, workspace_id, state, reason)
      select ${part}, ${run}, n, 1, ${ctx.workspaceId}, case when n % 500 = 1 then 'failed' when n % 400 = 2 then 'skipped'
        when n % 2000 = 3 then 'unknown' else 'delivered' end, case when n % 500 = 1 and n % 1000 = 1 then 'rejected' end
      from generate_series(1, ${SIZE}::int) n`;
    // Some bounced later; of some a failure was told, which a delivery outranks, and of some that had failed already.
    await db.owner`
      insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, occurred_at, received_at, counted)
      select ${part}, ${run}, n, 'later', ${ctx.workspaceId}, case when n % 250 = 4 then 'bounced' else 'failed' end,
        clock_now(), clock_now(), true
      from generate_series(1, ${SIZE}::int) n where n % 250 = 4 or n % 1000 in (1, 5)`;
    await db.owner`
      insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, occurred_at, received_at)
      select ${part}, ${run}, n, 'opened', ${ctx.workspaceId}, 'opened', clock_now(), clock_now()
      from generate_series(1, ${SIZE}::int) n`;
  }
  await db.owner`analyze`;
});

const expected = (state: string) =>
  runs.flatMap(({ run }) =>
    Array.from({ length: SIZE }, (_, nth) => nth + 1)
      .filter((seq) => cameTo(seq) === state)
      .map((seq) => `${run}.${seq}`),
  );

/** All pages of a list, forwards, and each of them again by going back. */
async function allOf(input: { state: EndedState; reason?: string }): Promise<number> {
  let [count, after, before]: [number, string | undefined, string | undefined] = [0, undefined, undefined];
  for (;;) {
    const page = await listRecipients(ctx, { campaignId, ...input, ...(after && { after }) });
    expect(page.rows.every(({ state }) => state === input.state)).toBe(true);
    count += page.rows.length;
    if (page.next === null) {
      before = page.previous ?? undefined;
      let back = 0;
      while (before) {
        const earlier = await listRecipients(ctx, { campaignId, ...input, before });
        back += earlier.rows.length;
        before = earlier.previous ?? undefined;
      }
      expect(back + page.rows.length).toBe(count);
      return count;
    }
    after = page.next;
  }
}

test("lists of those who failed, were skipped, bounced or may have got it are whole, forwards and backwards", async () => {
  for (const state of ["failed", "skipped", "unknown", "bounced"] as const)
    expect(await allOf({ state }), state).toBe(expected(state).length);
  expect(await allOf({ state: "cancelled" })).toBe(0);
  expect(await allOf({ state: "failed", reason: "rejected" })).toBe(40);
});

type PlanNode = {
  "Actual Loops": number;
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
};
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

test("a page of them reads the indexes that hold only such rows, and nothing else of a huge run", async () => {
  for (const state of ["failed", "bounced", "skipped"] as const)
    for (const from of [null, { run: runs[0]?.run ?? 0, seq: 10_000 }])
      for (const backwards of [false, true]) {
        const plan = await withTransaction(ctx, async (tx) => {
          const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
            sql`explain (analyze, timing off, format json) ${endedQuery({ runs, state, from, backwards, limit: 51 })}`,
          );
          return row?.["QUERY PLAN"][0].Plan;
        });
        if (!plan) throw new Error("no plan");
        // Parts of other runs are in the plan, and not opened.
        const ledger = nodesOf(plan).filter(
          (node) =>
            /^(execution_results|delivery_events)/.test(node["Relation Name"] ?? "") &&
            node["Actual Loops"] > 0,
        );
        expect(ledger.length).toBeGreaterThan(0);
        for (const node of ledger) {
          expect(node["Node Type"]).toMatch(/^Index(Only)? ?(Only )?Scan$/);
          expect(node["Index Name"]).toMatch(/part_run_number_(state|kind)_seq|_ended_|_undelivered_/);
        }
      }
});
