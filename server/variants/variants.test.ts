import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { cloneCampaign } from "@/server/campaigns/clone";
import type { AbTest, Variant } from "@/server/campaigns/content";
import { getCampaign } from "@/server/campaigns/get";
import { getCheck } from "@/server/campaigns/get-check";
import { launchCampaign } from "@/server/campaigns/launch";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { startCheck } from "@/server/campaigns/start-check";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { completeRun } from "@/server/deliveries/complete-run";
import { explainDelivery } from "@/server/deliveries/explain";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { sendRest } from "@/server/deliveries/send-rest";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { systemContext } from "@/server/platform/context";
import { chooseVariant } from "./choose";
import { beginTest, withVariant } from "./content";
import { decideTest } from "./decide-test";
import { dueTests } from "./due";
import { getTest } from "./get";

temporaryDataDir();
const db = await testDatabase();
type Member = Context & { userId: string };
let ctx: Member;
let ids: string[];
const CUSTOMERS = 300;
const mail = (subject: string, body = "Hello {{customer_name}}, [renew](https://a.test/a)") => ({
  email: { en: { subject, preheader: "", body } },
});
const said = { bodies: mail("First"), channels: ["email" as const] };

const nothing: Variant["subjects"] = {};

/** Half a test of two subjects; `over` turns one of its settings. */
const subjects = (over: Partial<AbTest> = {}): AbTest => {
  const begun = beginTest("subject", said);
  const variants = begun.variants.map((variant, nth) => ({
    ...variant,
    subjects: nth === 0 ? nothing : { en: "Second" },
  }));
  return { ...begun, variants, ...over };
};

beforeEach(async () => {
  await db.setClock("2026-11-26T15:00:00+05:30");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: CUSTOMERS }, () => ({})),
  );
  await grantConsent(db.owner, ctx.workspaceId, ids);
});

async function draft(abTest: AbTest | null): Promise<string> {
  const id = await makeCampaign(db.owner, ctx, { bodies: said.bodies });
  await updateCampaign(ctx, { id, version: 1, changes: { abTest } });
  return id;
}

async function sent(abTest: AbTest, { frozen = true } = {}) {
  const id = await draft(abTest);
  const { version } = await getCampaign(ctx, { id });
  const { runNumber } = await launchCampaign(ctx, { id, version });
  if (frozen) await freezeRun(ctx, { runNumber });
  await drain();
  return { id, campaignId: id, runNumber };
}

const inbox = async (campaignId: string) =>
  db.owner<{ customer: string; subject: string; text: string }[]>`
    select customer_id as customer, subject, text from sandbox_messages where campaign_id = ${campaignId} order by 1`;

async function counts(campaignId: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { subject } of await inbox(campaignId)) found[subject] = (found[subject] ?? 0) + 1;
  return found;
}

/** Has customers of a variant click, as far as the roll-ups know. */
const click = (runNumber: number, variant: number, clicked: number, delivered: number) => db.owner`
  update run_rollups set clicked = ${clicked}, delivered = ${delivered}, sent = ${delivered}
  where run_number = ${runNumber} and variant = ${variant}`;

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

test("the rest waits for the choice, gets it once, and the campaign is not complete before", async () => {
  const campaign = await sent(subjects({ testShare: 40, waitHours: 6 }));
  const waiting = CUSTOMERS - (await inbox(campaign.campaignId)).length;
  expect(waiting).toBeGreaterThan(CUSTOMERS * 0.45);
  const begun = await getTest(ctx, campaign);
  expect(begun).toMatchObject({ state: "open", restSize: waiting });
  expect(begun?.until?.toISOString()).toMatch(/^2026-11-26T15:30/);
  expect(await completeRun(systemContext(ctx.workspaceId), campaign)).toBe(false);
  const [absent] = await db.owner<{ id: string }[]>`
    select customer_id as id from run_rest_customers where run_number = ${campaign.runNumber} limit 1`;
  const why = await explainDelivery(ctx, { campaignId: campaign.id, customerId: absent?.id ?? "" });
  expect(why.absence?.sentence).toContain("waits for the winner");

  const choice = {
    campaignId: campaign.id,
    runNumber: campaign.runNumber,
    variant: 1,
    reason: "It reads better.",
  };
  await expect(chooseVariant(ctx, { ...choice, reason: " " })).rejects.toMatchObject({ name: "ZodError" });
  await expect(chooseVariant(ctx, { ...choice, variant: 4 })).rejects.toMatchObject({ code: "BAD_INPUT" });
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(chooseVariant(stranger, choice)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
  await expect(chooseVariant(advisor, choice)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
  await expect(chooseVariant(agent, choice)).rejects.toMatchObject({ code: "FORBIDDEN" });

  await chooseVariant(ctx, { ...choice, variant: 0 });
  await chooseVariant(ctx, choice);
  expect(
    (
      await db.owner`select before, after from audit_entries where action = 'campaign.variant_chosen' order by id`
    ).map(({ before, after }) => [before?.variant, after.variant, after.how]),
  ).toEqual([
    [undefined, "A", "hand"],
    ["A", "B", "hand"],
  ]);
  expect(
    await db.owner`select data ->> 'runNumber' as run from outbox where name = 'campaign/variant.chosen'
    and workspace_id = ${ctx.workspaceId}`,
  ).toEqual([{ run: String(campaign.runNumber) }]);
  const system = systemContext(ctx.workspaceId);
  expect(await sendRest(system, campaign)).toBe(waiting);
  expect(await sendRest(system, campaign)).toBe(0);
  await drain();
  expect(await inbox(campaign.campaignId)).toHaveLength(CUSTOMERS);
  const found = await counts(campaign.campaignId);
  expect((found.Second ?? 0) - (found.First ?? 0)).toBeGreaterThan(waiting / 2);
  expect(await completeRun(system, campaign)).toBe(true);
  expect(await getTest(ctx, campaign)).toMatchObject({
    state: "chosen",
    chosen: 1,
    reason: "It reads better.",
  });
  await expect(chooseVariant(ctx, { ...choice, variant: 0 })).rejects.toMatchObject({
    details: { code: "rest_begun" },
  });
});

test("the sequential test chooses when it is sure and not before; without it, time sends the first variant", async () => {
  const auto = await sent(subjects({ testShare: 40, waitHours: 6, winner: "auto", minimumSample: 50 }));
  const hand = await sent(subjects({ testShare: 40, waitHours: 6, winner: "hand" }));
  const split = await sent(subjects({ winner: "auto" }));
  const system = systemContext(ctx.workspaceId);
  const own = [auto, hand, split].map(({ runNumber }) => runNumber);
  const due = async () =>
    (await dueTests())
      .map(({ runNumber }) => runNumber)
      .filter((each) => own.includes(each))
      .sort();
  expect(await due()).toEqual([auto.runNumber, split.runNumber].sort());
  expect(await decideTest(system, auto)).toBe("not_yet");

  // A difference that would be sure, of too few; then of enough, but while the campaign is paused.
  await click(auto.runNumber, 0, 2, 49);
  await click(auto.runNumber, 1, 45, 49);
  expect(await decideTest(system, auto)).toBe("not_yet");
  await click(auto.runNumber, 0, 60, 2_000);
  await click(auto.runNumber, 1, 400, 2_000);
  await db.owner`update campaigns set status = 'paused' where id = ${auto.id}`;
  expect(await decideTest(system, auto)).toBe("not_due");
  await db.owner`update campaigns set status = 'active' where id = ${auto.id}`;
  expect(await decideTest(system, auto)).toBe("chosen");
  expect(await decideTest(system, auto)).toBe("not_due");
  expect(await getTest(ctx, auto)).toMatchObject({
    chosen: 1,
    chosenHow: "test",
    evidence: {
      metric: "clicked",
      arms: [
        { n: 2_000, x: 60 },
        { n: 2_000, x: 400 },
      ],
    },
  });

  // However clear it is, a test by hand is a person's; when its time is over the rest gets A.
  await click(hand.runNumber, 0, 60, 2_000);
  await click(hand.runNumber, 1, 400, 2_000);
  expect(await decideTest(system, hand)).toBe("not_yet");
  await db.setClock("2026-11-26T21:00:01+05:30");
  expect(await due()).toEqual([hand.runNumber, split.runNumber].sort());
  expect(await decideTest(system, hand)).toBe("chosen");
  expect(await getTest(ctx, hand)).toMatchObject({ chosen: 0, chosenHow: "time" });
  await sendRest(system, hand);
  await drain();
  const found = await counts(hand.campaignId);
  expect((found.First ?? 0) - (found.Second ?? 0)).toBeGreaterThan(100);

  // Where nobody waits, no winner is an answer.
  expect(await decideTest(system, split)).toBe("not_yet");
  await db.setClock("2026-12-11T15:00:00+05:30");
  expect(await decideTest(system, split)).toBe("undecided");
  expect(await due()).toEqual([]);
  const told = await db.owner`select kind from notifications where workspace_id = ${ctx.workspaceId}`;
  expect(told.map(({ kind }) => kind)).toEqual(["campaign.variant_chosen", "campaign.variant_chosen"]);
});

test("a split that is not the intended one blocks the verdict, however clear the difference", async () => {
  const campaign = await sent(subjects({ winner: "auto", minimumSample: 1 }));
  await click(campaign.runNumber, 0, 60, 2_000);
  await click(campaign.runNumber, 1, 400, 2_000);
  await db.owner`update run_tests set assigned = '{2000,1000}' where run_number = ${campaign.runNumber}`;
  expect(await decideTest(systemContext(ctx.workspaceId), campaign)).toBe("not_yet");
  expect((await getTest(ctx, campaign))?.verdict.kind).toBe("sample_ratio_mismatch");
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
