import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { launchCampaign } from "./launch";
import { preflightCampaign } from "./preflight";
import { makeCampaign } from "./testing/arrange";

temporaryDataDir();
const db = await testDatabase();
let admin: Context & { userId: string };
const templateId = newId();
const registrationId = newId();

const person = fc.record({
  phone: fc.constantFrom(null, "", "12", "shared", "own", "own"),
  email: fc.constantFrom(null, "nobody", "own", "own"),
  language: fc.constantFrom("en", "en", "hi", "ta"),
  city: fc.constantFrom(null, "Pune"),
  whatsapp: fc.constantFrom(null, true, true, false),
  sms: fc.constantFrom(null, true, true, false),
  mail: fc.constantFrom(null, true, false),
});
const people = fc.sample(person, { numRuns: 240, seed: 11 });

beforeAll(async () => {
  // Noon in India, so that no quiet hour holds anything.
  await db.moveClock("0");
  const [row] = await db.owner<{ wait: string }[]>`
    select (date_trunc('day', now() at time zone 'Asia/Kolkata') + interval '36 hours' - (now() at time zone 'Asia/Kolkata'))::text as wait`;
  await db.moveClock(row?.wait ?? "0");
  const workspaceId = await makeWorkspace(db.owner, "Suraksha");
  admin = await makeMember(db.owner, workspaceId);
  for (const [nth, { phone, email, language, city, whatsapp, sms, mail }] of people.entries()) {
    const id = newId();
    await db.owner`insert into customers ${db.owner({
      id,
      workspace_id: workspaceId,
      name: `Person ${nth}`,
      phone:
        phone === "own"
          ? `+9198200${String(nth).padStart(5, "0")}`
          : phone === "shared"
            ? `+919820099${nth % 9}00`
            : phone,
      email: email === "own" ? `person${nth}@example.test` : email,
      language,
      city,
      time_zone: "Asia/Kolkata",
    })}`;
    for (const [channel, granted] of Object.entries({ whatsapp, sms, email: mail }))
      if (granted !== null)
        await db.owner`insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
          values (${workspaceId}, ${id}, ${channel}, 'promotional', ${granted})`;
  }
  await db.owner`insert into whatsapp_templates ${db.owner({
    id: templateId,
    workspace_id: workspaceId,
    account_id: newId(),
    name: "diwali_offer",
    language: "en",
    category: "marketing",
    approval: "approved",
    parts: db.owner.json({
      header: null,
      body: "Dear {{1}}, see our offer for {{2}}.",
      footer: "Reply STOP to end",
      buttons: [{ kind: "url", label: "See it", url: "https://go.example/{{1}}" }],
    }),
  })}`;
  await db.owner`insert into dlt_templates ${db.owner({
    id: registrationId,
    workspace_id: workspaceId,
    entity_id: "1101",
    header: "SURKSH",
    template_id: "1107",
    name: "Offer",
    category: "promotional",
    language: "en",
    text: "Dear {#var#}, see our offer: {#url#} -SURKSH",
  })}`;
});

const bodies = {
  whatsapp: {
    en: {
      templateId,
      text: "",
      variables: ["{{first_name}}", "{{city}}"],
      headerFileId: null,
      buttonUrls: ["https://example.com/wa"],
    },
  },
  sms: {
    en: {
      text: "",
      dltTemplateId: registrationId,
      variables: ["{{customer_name}}", "https://example.com/sms"],
    },
  },
  email: {
    en: { subject: "An offer for {{city}}", preheader: "", body: "Hello, [see](https://example.com/en)" },
    hi: { subject: "{{city}} के लिए", preheader: "", body: "नमस्ते, [देखें](https://example.com/hi)" },
  },
};

test("the pre-flight says who gets it on which channel, and the run sends exactly that", async () => {
  const id = await makeCampaign(db.owner, admin, {
    category: "festival",
    channels: ["whatsapp", "sms", "email"],
    languages: ["en", "hi"],
    bodies,
  });
  const found = await preflightCampaign(admin, { id });
  expect(found.problems).toEqual([]);
  expect(found.lacking.city).toBe(people.filter(({ city }) => city === null).length);
  expect(Object.fromEntries(found.languages.map(({ language, count }) => [language, count]))).toEqual({
    en: people.filter(({ language }) => language === "en").length,
    hi: people.filter(({ language }) => language === "hi").length,
    ta: people.filter(({ language }) => language === "ta").length,
  });
  for (const channel of ["whatsapp", "sms", "email"] as const)
    expect(found.byChannel[channel]).toBeGreaterThan(3);

  await freezeRun(admin, await launchCampaign(admin, { id, version: 1 }));
  await drain();
  const arrived = await db.owner<{ channel: string; count: number }[]>`
    select channel, count(*)::int as count from sandbox_messages where campaign_id = ${id} group by 1`;
  expect(Object.fromEntries(arrived.map(({ channel, count }) => [channel, count]))).toEqual(found.byChannel);
  const skipped = await db.owner<{ reason: string; count: number }[]>`
    select r.reason, count(*)::int as count from execution_results r join campaign_runs c on c.number = r.run_number
    where c.campaign_id = ${id} and r.state = 'skipped' group by 1`;
  const told = found.excluded.filter(({ rule }) => rule !== "shared_address");
  expect(Object.fromEntries(skipped.map(({ reason, count }) => [reason, count]))).toEqual(
    Object.fromEntries(told.map(({ rule, count }) => [rule, count])),
  );

  const [phone] =
    await db.owner`select text, content from sandbox_messages where campaign_id = ${id} and channel = 'whatsapp' limit 1`;
  expect(phone?.text).toMatch(/^Dear Person, see our offer for Pune\.$/);
  expect(phone?.content.template).toMatchObject({ name: "diwali_offer", footer: "Reply STOP to end" });
  const [text] =
    await db.owner`select text, content from sandbox_messages where campaign_id = ${id} and channel = 'sms' limit 1`;
  expect(text?.text).toMatch(
    /^Dear Person \d+, see our offer: http:\/\/localhost:3000\/s\/[\w-]+(\/\d)? -SURKSH$/,
  );
  expect(text?.content).toMatchObject({ parts: 1, dlt: { templateId: "1107", header: "SURKSH" } });
});

test("a template whose category is not what the campaign is for keeps it from being launched", async () => {
  const id = await makeCampaign(db.owner, admin, {
    category: "renewal_reminder",
    channels: ["whatsapp", "sms"],
    bodies,
  });
  const { problems } = await preflightCampaign(admin, { id });
  expect(problems.map(({ place, message }) => [place?.channel, message])).toEqual([
    ["whatsapp", expect.stringContaining("is a marketing template")],
    ["sms", expect.stringContaining("is registered for promotion")],
  ]);
});

test("a fall-back by SMS needs its words too", async () => {
  const id = await makeCampaign(db.owner, admin, {
    category: "festival",
    channels: ["whatsapp"],
    bodies: { whatsapp: bodies.whatsapp },
    fallBack: { channel: "sms", afterHours: 4 },
  });
  expect((await preflightCampaign(admin, { id })).problems).toMatchObject([
    { field: "body", place: { channel: "sms" }, message: "Write the SMS." },
  ]);
});
