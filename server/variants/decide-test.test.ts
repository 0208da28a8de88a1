import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { launchCampaign } from "@/server/campaigns/launch";
import { makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { completeRun } from "@/server/deliveries/complete-run";
import { explainDelivery } from "@/server/deliveries/explain";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { sendRest } from "@/server/deliveries/send-rest";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { systemContext } from "@/server/platform/context";
import { chooseVariant } from "./choose";
import { beginTest } from "./content";
import { decideTest } from "./decide-test";
import { dueTests } from "./due";
import { getTest } from "./get";
import { CUSTOMERS, said, subjects, testedWorkspace } from "./testing/tested-workspace";

temporaryDataDir();
const db = await testDatabase();
type Tested = Awaited<ReturnType<typeof testedWorkspace>>;
let ctx: Tested["ctx"];
let sent: Tested["sent"];
let inbox: Tested["inbox"];
let counts: Tested["counts"];
let click: Tested["click"];

beforeEach(async () => {
  ({ ctx, sent, inbox, counts, click } = await testedWorkspace(db));
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
      await db.owner`select before, after from audit_entries where action = 'campaign.variant_chosen' and workspace_id = ${ctx.workspaceId} order by id`
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

test("what is measured decides: clicks do not win a test of replies, conversions count from their own roll-ups", async () => {
  const system = systemContext(ctx.workspaceId);
  const measured = { winner: "auto", minimumSample: 50 } as const;
  const replies = await sent(subjects({ ...measured, metric: "replied" }));
  await click(replies.runNumber, 0, 60, 2_000);
  await click(replies.runNumber, 1, 400, 2_000);
  expect(await decideTest(system, replies)).toBe("not_yet");
  await db.owner`update run_rollups set replied = 400 where run_number = ${replies.runNumber} and variant = 0`;
  expect(await decideTest(system, replies)).toBe("chosen");
  expect((await getTest(ctx, replies))?.chosen).toBe(0);

  const converted = await sent(subjects({ ...measured, metric: "converted" }));
  await click(converted.runNumber, 0, 400, 2_000);
  await click(converted.runNumber, 1, 60, 2_000);
  await db.owner`
    insert into conversion_rollups (workspace_id, run_number, campaign_id, bucket, channel, variant, converted)
    values (${ctx.workspaceId}, ${converted.runNumber}, ${converted.id}, now(), 'email', 1, 300)`;
  expect(await decideTest(system, converted)).toBe("chosen");
  expect(await getTest(ctx, converted)).toMatchObject({
    chosen: 1,
    variants: [{ did: 0 }, { did: 300, rate: 0.15 }],
  });

  const nobody = await sent(subjects({ winner: "none" }));
  await click(nobody.runNumber, 1, 400, 2_000);
  expect(await decideTest(system, nobody)).toBe("not_yet");
});

test("a rest that waits for a channel gets the winner's, promotion once to an address, nothing once the campaign is ended", async () => {
  await db.owner`
    update customers set phone = '+91' || (9800000000 + n / 2) from
    (select id as i, row_number() over (order by id) as n from customers where workspace_id = ${ctx.workspaceId}) x
    where x.i = customers.id`;
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, channel, 'promotional', true from customers, unnest('{email,sms}'::text[]) channel
    where workspace_id = ${ctx.workspaceId}
    union all select workspace_id, (array_agg(id order by id))[1], 'whatsapp', 'promotional', true from customers
    where workspace_id = ${ctx.workspaceId} group by workspace_id, phone`;
  const whatsapp = { templateId: null, text: "Hello", variables: [], headerFileId: null, buttonUrls: [] };
  const id = await makeCampaign(db.owner, ctx, {
    category: "newsletter",
    bodies: {
      ...said.bodies,
      whatsapp: { en: whatsapp },
      sms: { en: { text: "Hello", dltTemplateId: null, variables: [] } },
    },
  });
  const tried = beginTest("channel", said);
  const variants = tried.variants.map((each, nth) => ({
    ...each,
    channels: nth ? ["whatsapp" as const, "sms" as const] : null,
  }));
  await updateCampaign(ctx, { id, version: 1, changes: { abTest: { ...tried, testShare: 30, variants } } });
  const { runNumber } = await launchCampaign(ctx, { id, version: 2 });
  const system = systemContext(ctx.workspaceId);
  await freezeRun(system, { runNumber });
  await chooseVariant(ctx, { campaignId: id, runNumber, variant: 1, reason: "It is read." });
  await db.owner`update campaigns set status = 'cancelled' where id = ${id}`;
  expect(await sendRest(system, { runNumber })).toBe(0);
  await db.owner`update campaigns set status = 'active' where id = ${id}`;
  expect(await sendRest(system, { runNumber })).toBeGreaterThan(50);
  const [twice] = await db.owner`
    select count(*)::int as n from (
      select c.phone from executions e join customers c on c.id = e.customer_id
      where e.run_number = ${runNumber} and e.channel <> 'email' group by 1 having count(*) > 1) t`;
  expect(twice?.n).toBe(0);
  const rest = await db.owner`
    select distinct e.channel, e.variant from executions e, run_tests t, campaign_runs r
    where e.run_number = ${runNumber} and t.run_number = ${runNumber} and r.number = ${runNumber}
      and e.seq > (select sum(n) from unnest(t.assigned) n) order by 1`;
  expect(rest).toEqual(["sms", "whatsapp"].map((channel) => ({ channel, variant: 1 })));
});
