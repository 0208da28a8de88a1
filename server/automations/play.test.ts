import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { createAttribute } from "@/server/attributes/create";
import type { Bodies } from "@/server/campaigns/content";
import { launchCampaign } from "@/server/campaigns/launch";
import type { Schedule } from "@/server/campaigns/schemas";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { encodePublicId } from "@/server/deliveries";
import { drain } from "@/server/deliveries/testing/drain";
import { startVirtualEngine } from "@/server/engine/testing/virtual-engine";
import { evaluateTouched } from "@/server/events";
import { ingestEvents } from "@/server/events/ingest";
import { inngest } from "@/server/jobs/client";
import { recordReply } from "@/server/responses";
import { evaluators } from "@/server/worker/evaluators";
import { relayOnce } from "@/server/worker/relay";
import { automationFunctions } from "./jobs";
import { playThrough } from "./play";
import type { Moment } from "./play-steps";
import type { Step } from "./schemas";
import type { Happening } from "./status";
import { automated } from "./testing/arrange";

const db = await testDatabase();
const engine = await startVirtualEngine(db.url, (_client, url) => {
  inngest.setEnvVars({ INNGEST_DEV: url });
  return automationFunctions;
});
afterAll(() => engine.stop());
await db.owner`delete from engine.cron`;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** An SMS to a number outside India needs no registered text; its hours of contact are those of the workspace. */
const bodies: Bodies = {
  email: {
    en: { subject: "First {{customer_name}}", preheader: "", body: "Hello [Pay](https://example.com/pay)" },
  },
  sms: { en: { text: "Dear {{customer_name}}, please pay.", dltTemplateId: null, variables: [] } },
};
let ctx: Awaited<ReturnType<typeof makeMember>>;
let customer: string;

beforeEach(async () => {
  await db.setClock(new Date(await engine.now()).toISOString());
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  [customer = ""] = await makeCustomers(db.owner, ctx.workspaceId, [
    { name: "Asha", phone: "+6591234567", email: "asha@example.test" },
  ]);
  await grantConsent(db.owner, ctx.workspaceId, [customer]);
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    values (${ctx.workspaceId}, ${customer}, 'sms', 'service', true) on conflict do nothing`;
});

async function relayed(): Promise<void> {
  while ((await relayOnce()) > 0);
  await engine.settle();
  while ((await evaluateTouched(ctx, { evaluators, owner: "test" })) > 0);
  while ((await relayOnce()) > 0);
  await engine.settle();
  await drain();
}

/** Virtual time: workflows go on at their own moments, the worker looks at the end. */
async function pass(ms: number): Promise<void> {
  await engine.pass(Math.max(0, ms), (at) => db.setClock(new Date(at + 1_000).toISOString()));
  await relayed();
}

/** To the next time that it is this hour in India. */
async function passTo(hour: number): Promise<void> {
  const now = await engine.now();
  const into = (now + 5.5 * HOUR) % (24 * HOUR);
  await pass((((hour * HOUR - into) % (24 * HOUR)) + 24 * HOUR) % (24 * HOUR));
}

type Assuming = { what: Happening; name?: string; hours: number };

async function played(
  schedule: Extract<Schedule, { kind: "automated" }>,
  campaignId: string,
  assumed: Assuming[],
) {
  const { moments } = await playThrough(ctx, {
    ...{ campaignId, customerId: customer, schedule, bodies, category: "renewal_reminder" as const },
    ...{ channels: ["email" as const], languages: ["en"], fallbacks: {}, audience: { kind: "all" as const } },
    assumed: assumed.map(({ hours, ...each }) => ({ ...each, afterMinutes: hours * 60 })),
  });
  return moments;
}

/** What is really done to bring about what was assumed. */
async function does({ what, name }: Assuming, runNumber: number): Promise<void> {
  const [last] = await db.owner<{ part: number; seq: number; channel: "email" | "sms" }[]>`
    select part, seq, channel from executions where run_number = ${runNumber} order by seq desc limit 1`;
  if (!last) throw new Error("nothing was sent");
  const told = what === "pays" ? "payment_received" : what === "event" ? (name ?? "") : null;
  if (told) await ingestEvents(ctx, { events: [{ name: told, customer: { id: customer } }] });
  if (what === "opens")
    await db.owner`insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, occurred_at)
      values (${last.part}, ${runNumber}, ${last.seq}, 'opened', ${ctx.workspaceId}, 'opened', clock_now())`;
  if (what === "replies")
    await recordReply(ctx, {
      ...{
        channel: last.channel,
        origin: "test",
        providerMessageId: "r1",
        text: "Which documents do you need?",
      },
      from: last.channel === "email" ? "asha@example.test" : "+6591234567",
      occurredAt: new Date(await engine.now()),
      publicId: encodePublicId({ part: last.part, runNumber, seq: last.seq }),
    });
}

const minute = (at: string | Date, start: number) => Math.floor((new Date(at).getTime() - start) / MINUTE);

/** A play-through as lines that a real run can be told in too: minutes since entering, what, and what came of it. */
function linesOf(moments: readonly Moment[], start: number): string[] {
  return moments.flatMap((moment) => {
    const at = minute(moment.at, start);
    if (moment.kind === "took") return [`${at} step ${moment.step} ${moment.outcome}`];
    if (moment.kind === "ended") return [`${at} ${moment.status} ${moment.reason}`];
    if (moment.kind !== "message" || moment.verdict === "held") return [];
    return [
      `${at} message ${moment.channel} ${moment.verdict === "goes" ? moment.said?.subject || moment.said?.text : moment.reason}`,
    ];
  });
}

async function linesOfRun(runNumber: number, start: number): Promise<string[]> {
  const steps = await db.owner<{ step: number; outcome: string; at: Date }[]>`
    select step, outcome, at from automation_steps_taken where run_number = ${runNumber}`;
  const [entry] = await db.owner<{ status: string; reason: string | null; at: Date }[]>`
    select status, reason, ended_at as at from automation_entries where run_number = ${runNumber}`;
  const results = await db.owner<
    { channel: string; reason: string | null; words: string | null; at: Date }[]
  >`
    select x.channel, r.reason, coalesce(nullif(m.subject, ''), m.text) as words, r.at from execution_results r
    join executions x on x.part = r.part and x.run_number = r.run_number and x.seq = r.seq
    left join sandbox_messages m on m.workspace_id = r.workspace_id and m.channel = x.channel
      and m.delivered_at between r.at - interval '1 minute' and r.at + interval '1 minute'
    where r.run_number = ${runNumber} and r.state in ('sent', 'delivered', 'skipped')`;
  return [
    ...steps.map(({ step, outcome, at }) => `${minute(at, start)} step ${step} ${outcome}`),
    ...results.map(
      ({ channel, reason, words, at }) => `${minute(at, start)} message ${channel} ${reason ?? words}`,
    ),
    ...(entry ? [`${minute(entry.at, start)} ${entry.status} ${entry.reason}`] : []),
  ];
}

type Scenario = { hour: number; steps: Step[]; assumed?: Assuming[]; expected: string[] };

/** Plays it first, then lets it happen; the worker looks at the moments that are expected. */
async function compare({ hour, steps, assumed = [], expected }: Scenario) {
  await passTo(hour);
  const schedule = automated([{ on: "event", name: "inquiry" }], { steps }) as Extract<
    Schedule,
    { kind: "automated" }
  >;
  const id = await makeCampaign(db.owner, ctx, { schedule, bodies });
  const start = Math.floor((await engine.now()) / MINUTE) * MINUTE;
  const imagined = linesOf(await played(schedule, id, assumed), start);
  const { runNumber } = await launchCampaign(ctx, { id, version: 1 });
  await ingestEvents(ctx, { events: [{ name: "inquiry", customer: { id: customer } }] });
  await relayed();
  const moments = [
    ...new Set([
      ...expected.map((line) => Number.parseInt(line, 10)),
      ...assumed.map(({ hours }) => hours * 60),
    ]),
  ];
  for (const at of moments.toSorted((one, other) => one - other)) {
    // A little later: each wait begins when the one before it was noticed to be over.
    await pass(start + at * MINUTE + 25_000 - (await engine.now()));
    for (const each of assumed) if (each.hours * 60 === at) await does(each, runNumber);
    await relayed();
  }
  const really = await linesOfRun(runNumber, start);
  return { imagined, really };
}

const days = (amount: number): Step => ({ do: "wait", amount, unit: "days" });
const mail: Step = {
  do: "send",
  channel: "email",
  own: { email: { subject: "Reminder", body: "Please pay" } },
};
const text: Step = { do: "send", channel: "sms", own: null };
const isTrue = (holds: "not_opened" | "unpaid", otherwise: "leave" | "skip" = "leave"): Step => ({
  ...{ do: "check", holds, segment: "", otherwise },
});

describe("what is played is what happens", () => {
  const scenarios: Record<string, Scenario> = {
    "nothing happens: waits, a check, a reminder, the end": {
      hour: 10,
      steps: [
        days(2),
        isTrue("not_opened"),
        mail,
        { do: "wait_event", name: "website_visit", amount: 1, unit: "days", otherwise: "leave" },
      ],
      expected: [
        "0 message email First Asha",
        "2880 step 1 waited",
        "2880 step 2 held",
        "2880 step 3 sent",
        "2880 message email Reminder",
        "4320 step 4 not_happened",
        "4320 left no_event",
      ],
    },
    "opens, then visits: the next step is left out, the wait ends early": {
      hour: 10,
      steps: [
        days(1),
        isTrue("not_opened", "skip"),
        mail,
        { do: "wait_event", name: "website_visit", amount: 5, unit: "days", otherwise: "leave" },
        { do: "notify", text: "Came back." },
      ],
      assumed: [
        { what: "opens", hours: 3 },
        { what: "event", name: "website_visit", hours: 40 },
      ],
      expected: [
        "0 message email First Asha",
        "1440 step 1 waited",
        "1440 step 2 skipped",
        "2400 step 4 happened",
        "2400 step 5 told",
        "2400 finished null",
      ],
    },
    "replies after two hours and leaves at once": {
      hour: 10,
      steps: [days(3), mail],
      assumed: [{ what: "replies", hours: 2 }],
      expected: ["0 message email First Asha", "120 left replied"],
    },
    "an SMS in the evening waits for the morning, and is not sent to who paid in the night": {
      hour: 20,
      steps: [{ do: "wait", amount: 2, unit: "hours" }, text, days(1), mail],
      assumed: [{ what: "pays", hours: 5 }],
      expected: [
        "0 message email First Asha",
        "120 step 1 waited",
        "120 step 2 sent",
        "300 left paid",
        "720 message sms left_automation",
      ],
    },
    "an SMS in the evening goes in the morning; an attribute is set": {
      hour: 20,
      steps: [
        { do: "wait", amount: 2, unit: "hours" },
        text,
        { do: "set_attribute", key: "stage", value: "reminded" },
      ],
      expected: [
        "0 message email First Asha",
        "120 step 1 waited",
        "120 step 2 sent",
        "120 step 3 set",
        "120 finished null",
        "720 message sms Dear Asha, please pay.",
      ],
    },
  };
  test.each(Object.entries(scenarios))("%s", async (_, scenario) => {
    await createAttribute(ctx, { key: "stage", label: "Stage", type: "text" });
    const { imagined, really } = await compare(scenario);
    expect(imagined.toSorted()).toEqual(scenario.expected.toSorted());
    expect(really.toSorted()).toEqual(imagined.toSorted());
  });
});
