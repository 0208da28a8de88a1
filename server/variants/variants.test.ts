import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers } from "@/db/testing/factories";
import { cloneCampaign } from "@/server/campaigns/clone";
import type { AbTest } from "@/server/campaigns/content";
import { getCampaign } from "@/server/campaigns/get";
import { getCheck } from "@/server/campaigns/get-check";
import { launchCampaign } from "@/server/campaigns/launch";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { startCheck } from "@/server/campaigns/start-check";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { beginTest, withVariant } from "./content";
import { getTest } from "./get";
import { CUSTOMERS, mail, said, subjects, testedWorkspace } from "./testing/tested-workspace";

temporaryDataDir();
const db = await testDatabase();
type Tested = Awaited<ReturnType<typeof testedWorkspace>>;
let ctx: Tested["ctx"];
let ids: Tested["ids"];
let draft: Tested["draft"];
let sent: Tested["sent"];
let inbox: Tested["inbox"];
let counts: Tested["counts"];

beforeEach(async () => {
  ({ ctx, ids, draft, sent, inbox, counts } = await testedWorkspace(db));
});

test("each variant goes to its own share, the same customers whenever the campaign is sent, and knows its number", async () => {
  const third = withVariant(subjects(), said);
  const [a, b, c] = third.variants;
  if (!a || !b || !c) throw new Error("three variants");
  const variants = [
    { ...a, share: 20 },
    { ...b, share: 30 },
    { ...c, share: 50, subjects: { en: "Third" } },
  ];
  const first = await sent({ ...third, variants });
  const found = await counts(first.campaignId);
  expect(Object.values(found).reduce((sum, n) => sum + n, 0)).toBe(CUSTOMERS);
  for (const [subject, share] of Object.entries({ First: 0.2, Second: 0.3, Third: 0.5 }))
    expect(Math.abs((found[subject] ?? 0) / CUSTOMERS - share)).toBeLessThan(0.1);
  const rows = await db.owner`
    select e.variant, m.subject from executions e join sandbox_messages m on m.customer_id = e.customer_id
      and m.campaign_id = ${first.campaignId}
    where e.run_number = ${first.runNumber} group by 1, 2 order by 1`;
  expect(rows.map(({ variant, subject }) => [variant, subject])).toEqual([
    [0, "First"],
    [1, "Second"],
    [2, "Third"],
  ]);
  expect(await getTest(ctx, first)).toMatchObject({
    restSize: 0,
    until: null,
    variants: [
      { name: "A", share: 20, assigned: found.First, delivered: found.First, did: 0, rate: 0 },
      { name: "B", share: 30, assigned: found.Second },
      { name: "C", share: 50, assigned: found.Third },
    ],
  });
  // Again, with customers who came later and one who left: everybody else has what they had.
  await makeCustomers(db.owner, ctx.workspaceId, [{ name: "Late" }]);
  const before = await db.owner`
    select customer_id, variant from executions where run_number = ${first.runNumber} order by 1`;
  const content = await db.owner`select content from campaign_runs where number = ${first.runNumber}`;
  const [again] = await db.owner<{ number: number }[]>`
    insert into campaign_runs (id, workspace_id, campaign_id, slot, content)
    values (gen_random_uuid(), ${ctx.workspaceId}, ${first.campaignId}, 'again', ${db.owner.json(content[0]?.content)})
    returning number::int`;
  await db.owner`update campaigns set status = 'active' where id = ${first.campaignId}`;
  await freezeRun(ctx, { runNumber: again?.number ?? 0 });
  const after = await db.owner`
    select customer_id, variant from executions where run_number = ${again?.number ?? 0}
      and customer_id = any(${ids}::uuid[]) order by 1`;
  expect(after).toEqual(before);
});

test("what varies is what differs: other words on the channel with links of their own, or another channel first", async () => {
  const begun = beginTest("body", said);
  const bodies = mail("Other", "Dear {{customer_name}}, [pay](https://b.test/b)");
  const campaign = await sent({
    ...begun,
    variants: begun.variants.map((each, nth) => ({ ...each, bodies: nth ? bodies : null })),
  });
  const texts = await inbox(campaign.campaignId);
  const links = new Set(
    texts.map(({ subject, text }) => `${subject} ${/\/t\/c\/[\w-]+\/(\d+)/.exec(text)?.[1]}`),
  );
  expect([...links].sort()).toEqual(["First 0", "Other 1"]);

  await db.owner`update customers set phone = '+91' || (9800000000 + n) from
    (select id as i, row_number() over (order by id) as n from customers where workspace_id = ${ctx.workspaceId}) x
    where x.i = customers.id`;
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, 'whatsapp', 'service', true from customers where workspace_id = ${ctx.workspaceId}`;
  const tried = beginTest("channel", { ...said, channels: ["email"] });
  const id = await makeCampaign(db.owner, ctx, {
    bodies: {
      ...said.bodies,
      whatsapp: {
        en: { templateId: null, text: "Hello", variables: [], headerFileId: null, buttonUrls: [] },
      },
    },
  });
  const abTest = {
    ...tried,
    variants: tried.variants.map((each, nth) => ({ ...each, channels: nth ? ["whatsapp" as const] : null })),
  };
  await updateCampaign(ctx, { id, version: 1, changes: { abTest } });
  const reach = await preflightCampaign(ctx, { id });
  expect(reach.problems).toEqual([]);
  const { runNumber } = await launchCampaign(ctx, { id, version: 2 });
  await freezeRun(ctx, { runNumber });
  const rows = await db.owner<{ variant: number; channel: string; n: number }[]>`
    select variant, channel, count(*)::int as n from executions where run_number = ${runNumber} group by 1, 2 order by 1`;
  expect(rows.map(({ variant, channel }) => [variant, channel])).toEqual([
    [0, "email"],
    [1, "whatsapp"],
  ]);
  expect(reach.byChannel).toMatchObject({ email: rows[0]?.n, whatsapp: rows[1]?.n });
});

test("what cannot be sent, or compared, is said before; opens alone are refused; a copy keeps the test", async () => {
  await expect(draft({ ...subjects(), winner: "auto", metric: "opened" })).rejects.toThrow("Opens alone");
  await expect(draft({ ...subjects(), winner: "none", testShare: 50 })).rejects.toThrow("Without a winner");
  const wrong: [AbTest, string][] = [
    [beginTest("subject", said), "Variants A and B say the same"],
    [subjects({ variants: subjects().variants.map((each) => ({ ...each, share: 40 })) }), "80% together"],
    [
      subjects({ variants: subjects().variants.map((each) => ({ ...each, subjects: { en: "" } })) }),
      "Variant B: write a subject.",
    ],
    [
      {
        ...beginTest("body", said),
        variants: beginTest("body", said).variants.map((each, nth) => ({ ...each, bodies: nth ? {} : null })),
      },
      "Variant B: write a subject.",
    ],
    [
      {
        ...beginTest("channel", said),
        variants: beginTest("channel", said).variants.map((each, nth) => ({
          ...each,
          channels: nth ? [] : null,
        })),
      },
      "choose at least one channel",
    ],
  ];
  for (const [abTest, words] of wrong) {
    const id = await draft(abTest);
    const { problems } = await preflightCampaign(ctx, { id });
    expect(problems.map(({ message }) => message).join(" ")).toContain(words);
    await expect(launchCampaign(ctx, { id, version: 2 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  }
  const id = await draft(subjects());
  const copy = await cloneCampaign(ctx, { id });
  expect((await getCampaign(ctx, copy)).abTest).toEqual(subjects());
});

test("the pre-flight asks each customer's own variant, and what it counts is what is sent", async () => {
  await db.owner`update customers set city = 'Pune' where id = any(${ids.slice(0, 150)}::uuid[])`;
  const begun = beginTest("body", said);
  const bodies = mail("Other", "In {{city}}");
  const abTest = {
    ...begun,
    testShare: 60,
    variants: begun.variants.map((each, nth) => ({ ...each, bodies: nth ? bodies : null })),
  };
  const id = await draft(abTest);
  await startCheck(ctx, { id });
  const check = await getCheck(ctx, { id });
  const [a, b, rest] = check?.variants ?? [];
  expect([a?.variant, b?.variant, rest?.variant]).toEqual([0, 1, null]);
  expect(a?.skipped).toBe(0);
  expect(b?.skipped).toBeGreaterThan(20);
  const { runNumber } = await launchCampaign(ctx, { id, version: 2 });
  await freezeRun(ctx, { runNumber });
  await drain();
  expect(await counts(id)).toEqual({ First: a?.goes, Other: b?.goes });
  expect((await getTest(ctx, { campaignId: id }))?.restSize).toBe(rest?.goes);
});
