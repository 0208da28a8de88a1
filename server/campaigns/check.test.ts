import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { setHours } from "@/server/sending-rules/set-hours";
import { cancelCheck } from "./cancel-check";
import { exportCheck } from "./export-check";
import { getCheck } from "./get-check";
import { judgeCheck } from "./judge-check";
import { launchCampaign } from "./launch";
import { startCheck } from "./start-check";
import { type CampaignSeed, makeCampaign } from "./testing/arrange";
import { updateCampaign } from "./update";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context & { userId: string };
let ids: string[];

/** Ten customers, each with something of its own; the clock stands in the hours of contact. */
beforeEach(async () => {
  await db.setClock("2026-11-26T15:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { workspaceId } = ctx;
  ids = await makeCustomers(db.owner, workspaceId, [
    {},
    {},
    { email: "shared@example.test" },
    { email: "shared@example.test" },
    { email: "not an address" },
    { email: null },
    { name: "" },
    {},
    {},
    {},
  ]);
  await db.owner`update customers set phone = '+9198765432' || lpad((row_number)::text, 2, '0')
    from (select id as i, row_number() over (order by id) from customers where workspace_id = ${workspaceId}) n
    where n.i = customers.id`;
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, channel, purpose, true from customers, unnest('{email,sms}'::text[]) as channel,
      unnest('{service,promotional}'::text[]) as purpose where workspace_id = ${workspaceId}`;
  await db.owner`update consent_states set granted = false where customer_id = ${ids[7] ?? ""}`;
  await db.owner`update customers set stop_state = 'open_complaint' where id = ${ids[8] ?? ""}`;
});

type Counts = Record<string, number>;

async function checked(id: string): Promise<Counts> {
  await startCheck(ctx, { id });
  const check = await getCheck(ctx, { id });
  expect(check).toMatchObject({ status: "done", current: true });
  return Object.fromEntries(
    (check?.groups ?? []).map(({ verdict, reason, count }) => [
      [verdict === "waits" ? "pending" : verdict, verdict === "waits" ? null : reason]
        .filter(Boolean)
        .join(" "),
      count,
    ]),
  );
}

/** What became of the real run, in the words of the check. */
async function sent(id: string): Promise<Counts> {
  const run = await launchCampaign(ctx, { id, version: 1 });
  await freezeRun(ctx, run);
  await drain();
  const rows = await db.owner<{ outcome: string; count: number }[]>`
    select case when r.state in ('sent', 'delivered') then 'goes' when r.state is null then 'pending'
      else concat_ws(' ', r.state, r.reason) end as outcome, count(*)::int as count
    from executions x left join lateral (select state, reason from execution_results r
      where r.part = x.part and r.run_number = x.run_number and r.seq = x.seq order by batch_number desc limit 1) r on true
    where x.run_number = ${run.runNumber} and x.arm = 'treated' group by 1`;
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}

const promotion: CampaignSeed = { category: "newsletter", body: "Hello {{customer_name}}" };

describe("the pre-flight says what the real run then does", () => {
  test.each<[string, CampaignSeed, (() => Promise<unknown>)?]>([
    ["for a service mail", {}],
    ["for promotion", promotion],
    ["with words in place of a missing value", { ...promotion, fallbacks: { customer_name: "friend" } }],
    [
      "under a cap",
      promotion,
      () => db.owner`
        insert into sending_reservations (workspace_id, run_number, seq, campaign_id, customer_id, channel, purpose, cost_micros)
        select ${ctx.workspaceId}, 900000 + n, 1, ${ids[0] ?? ""}, ${ids[0] ?? ""}, 'email', 'promotional', 0
        from generate_series(1, 20) n`,
    ],
    [
      "with a suppressed address",
      promotion,
      async () => {
        const { suppressAddress } = await import("@/server/consent");
        const { withTransaction } = await import("@/db/transaction");
        const [row] = await db.owner<
          { email: string }[]
        >`select email from customers where id = ${ids[1] ?? ""}`;
        await withTransaction(ctx, (tx) =>
          suppressAddress(tx, ctx, {
            channel: "email",
            address: row?.email ?? "",
            reason: "unsubscribed",
            origin: "test",
          }),
        );
      },
    ],
    [
      "with a hold-out",
      promotion,
      () => db.owner`update campaigns set hold_out = 40 where workspace_id = ${ctx.workspaceId}`,
    ],
    [
      "outside the hours of contact",
      {
        category: "newsletter",
        channels: ["sms"],
        bodies: { sms: { en: { text: "Hello {{customer_name}}", dltTemplateId: null, variables: [] } } },
      },
      () => db.setClock("2026-11-26T22:00:00+05:30"),
    ],
  ])("%s", async (_, seed, arrange) => {
    const id = await makeCampaign(db.owner, ctx, seed);
    await arrange?.();
    const said = await checked(id);
    expect(Object.values(said).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(await sent(id)).toEqual(said);
  });

  test("with a budget that lasts for some of them", async () => {
    const id = await makeCampaign(db.owner, ctx, {});
    // ₹0.01 a mail, 18 % tax on it: enough for three.
    await db.owner`update campaigns set budget_micros = 36000 where id = ${id}`;
    const said = await checked(id);
    expect(said).toMatchObject({ goes: 3 });
    expect(await sent(id)).toEqual(said);
  });
});

test("what waits for the hours of contact counts at its price, and against the budget", async () => {
  const id = await makeCampaign(db.owner, ctx, promotion);
  await setHours(ctx, {
    ...{ country: "IN", channel: "email", purpose: "promotional", validFrom: "2026-01-01" },
    ...{ fromMinute: 600, toMinute: 1_260, days: [1, 2, 3, 4, 5, 6, 7] },
  });
  const { goes: goers = 0 } = await checked(id);
  const cost = BigInt((await getCheck(ctx, { id }))?.cost ?? 0);
  expect(cost).toBeGreaterThan(0n);
  await db.setClock("2026-11-26T22:00:00+05:30");
  expect(await checked(id)).not.toHaveProperty("goes");
  expect((await getCheck(ctx, { id }))?.cost).toBe(cost.toString());
  const three = (cost / BigInt(goers)) * 3n;
  await db.owner`update campaigns set budget_micros = ${three.toString()} where id = ${id}`;
  await checked(id);
  const check = await getCheck(ctx, { id });
  expect(check?.cost).toBe(three.toString());
  expect(check?.groups.find(({ reason }) => reason === "over_budget")).toMatchObject({
    verdict: "waits",
    count: goers - 3,
  });
});

describe("a pre-flight", () => {
  test("sends nothing, reserves nothing and leaves the campaign as it is", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    await checked(id);
    const [rows] = await db.owner`
      select (select count(*)::int from executions where workspace_id = ${ctx.workspaceId}) as executions,
        (select count(*)::int from sandbox_messages where workspace_id = ${ctx.workspaceId}) as messages,
        (select count(*)::int from sending_reservations where workspace_id = ${ctx.workspaceId}) as reservations,
        (select status || version from campaigns where id = ${id}) as campaign`;
    expect(rows).toEqual({ executions: 0, messages: 0, reservations: 0, campaign: "draft1" });
  });

  test("names what must be mended first, and where", async () => {
    const id = await makeCampaign(db.owner, ctx, { subject: " " });
    await expect(startCheck(ctx, { id })).rejects.toMatchObject({
      code: "BAD_INPUT",
      details: { tab: "content", field: "subject" },
    });
    expect(await getCheck(ctx, { id })).toBeNull();
  });

  test("stops when somebody cancels it, and when the campaign is changed under it", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    for (const stop of [
      () => cancelCheck(ctx, { id }),
      () => updateCampaign(ctx, { id, version: 1, changes: { name: "Changed" } }),
    ]) {
      const { checkId } = await startCheck(ctx, { id });
      await db.owner`update campaign_checks set status = 'running', judged = 0 where id = ${checkId}`;
      await db.owner`update campaign_check_customers set verdict = null where check_id = ${checkId}`;
      await stop();
      expect(await judgeCheck(ctx, { checkId })).toEqual({ finished: true });
      expect(await getCheck(ctx, { id })).toMatchObject({ status: "cancelled", judged: 0 });
    }
  });

  test("repeated by a workflow counts nobody twice", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    const { checkId } = await startCheck(ctx, { id });
    const before = await getCheck(ctx, { id });
    await db.owner`update campaign_checks set status = 'running' where id = ${checkId}`;
    await judgeCheck(ctx, { checkId });
    expect(await getCheck(ctx, { id })).toMatchObject({ judged: before?.judged, total: before?.total });
  });

  test("goes on where it stands, without reading again what it has judged", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    const { checkId } = await startCheck(ctx, { id });
    await db.owner`update campaign_checks set status = 'running', judged = total - 2 where id = ${checkId}`;
    await db.owner`update campaign_check_customers set verdict = null where check_id = ${checkId}`;
    await judgeCheck(ctx, { checkId });
    const rows = await db.owner`
      select 1 from campaign_check_customers where check_id = ${checkId} and verdict is not null`;
    expect(rows).toHaveLength(2);
  });

  test("ends with the campaign's launch, and its customers are not kept", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    const { checkId } = await startCheck(ctx, { id });
    await launchCampaign(ctx, { id, version: 1 });
    expect(await judgeCheck(ctx, { checkId })).toEqual({ finished: true });
    expect(await getCheck(ctx, { id })).toBeNull();
    expect(
      await db.owner`select 1 from campaign_check_customers where workspace_id = ${ctx.workspaceId}`,
    ).toHaveLength(0);
  });

  test("stops when the campaign was cancelled, and judges nobody more", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    const { checkId } = await startCheck(ctx, { id });
    await db.owner`update campaign_checks set status = 'running', judged = 0 where id = ${checkId}`;
    await db.owner`update campaign_check_customers set verdict = null where check_id = ${checkId}`;
    await db.owner`update campaigns set status = 'cancelled' where id = ${id}`;
    expect(await judgeCheck(ctx, { checkId })).toEqual({ finished: true });
    expect(await getCheck(ctx, { id })).toMatchObject({ status: "cancelled", judged: 0 });
  });

  test("is taken away as a file, one outcome or all, by who may edit it", async () => {
    const id = await makeCampaign(db.owner, ctx, promotion);
    await checked(id);
    const lines = async (verdict: "skipped" | null) => {
      let text = "";
      for await (const piece of (await exportCheck(ctx, { id, verdict, reason: null })).content)
        text += piece;
      return text.trim().split("\r\n");
    };
    const check = await getCheck(ctx, { id });
    const skipped = check?.groups.filter((group) => group.verdict === "skipped") ?? [];
    expect(await lines(null)).toHaveLength(1 + (check?.total ?? 0));
    expect(await lines("skipped")).toHaveLength(1 + skipped.reduce((sum, { count }) => sum + count, 0));
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(exportCheck(stranger, { id, verdict: null, reason: null })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});
