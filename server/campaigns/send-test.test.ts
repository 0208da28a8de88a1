import { beforeAll, expect, test } from "vitest";
import { GET } from "@/app/(public)/s/[[...path]]/route";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { changeTestAddresses, getTestAddresses } from "@/server/auth/test-addresses";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import type { Context } from "@/server/platform/context";
import { sendCampaignTest } from "./send-test";
import { makeCampaign } from "./testing/arrange";

temporaryDataDir();
const db = await testDatabase();
let marketer: Context & { userId: string };

beforeAll(async () => {
  marketer = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"), "marketer");
  await makeCustomers(db.owner, marketer.workspaceId, [
    { name: "Asha Rao", language: "en" },
    { name: "Ravi Kumar", language: "hi" },
  ]);
});

const campaign = (seed: Parameters<typeof makeCampaign>[2] = {}) =>
  makeCampaign(db.owner, marketer, {
    languages: ["en", "hi"],
    bodies: {
      email: {
        en: { subject: "Hello {{customer_name}}", preheader: "", body: "[Pay](https://example.com/pay)" },
        hi: { subject: "नमस्ते {{customer_name}}", preheader: "", body: "[भुगतान](https://example.com/pay)" },
      },
      sms: { en: { text: "Hello {{customer_name}}", dltTemplateId: null, variables: [] } },
    },
    channels: ["email", "sms"],
    ...seed,
  });

const messages = () =>
  db.owner<
    { kind: string; channel: string; to: string; subject: string; text: string; html: string | null }[]
  >`
    select kind, channel, to_address as to, subject, text, html from sandbox_messages
    where workspace_id = ${marketer.workspaceId} order by id`;

test("a test goes to the person, in the language asked for, marked, with links that count nothing", async () => {
  const id = await campaign();
  await sendCampaignTest(marketer, { id, channel: "email", language: "hi", to: "Me@Example.test" });
  const [mail] = (await messages()).slice(-1);
  expect(mail).toMatchObject({ kind: "test", channel: "email", subject: "[Test] नमस्ते Ravi Kumar" });
  expect(mail?.to.toLowerCase()).toBe("me@example.test");
  expect(mail?.html).toContain('href="https://example.com/pay"');
  expect(mail?.html).not.toMatch(/\/t\/[oc]\//);
  await sendCampaignTest(marketer, { id, channel: "sms", language: "en", to: "+91 98200 12345" });
  expect((await messages()).slice(-1)).toMatchObject([
    { kind: "test", channel: "sms", to: "+919820012345", text: "[Test] Hello Asha Rao" },
  ]);
});

test("a test by SMS has the short links of the real one, and they lead where they say", async () => {
  const sms = {
    text: "Pay: https://example.com/pay?a=1 or ask: https://example.com/ask",
    dltTemplateId: null,
  };
  const id = await campaign({ channels: ["sms"], bodies: { sms: { en: { ...sms, variables: [] } } } });
  await sendCampaignTest(marketer, { id, channel: "sms", language: "en", to: "+91 98200 12345" });
  const [message] = (await messages()).slice(-1);
  const paths = [...(message?.text ?? "").matchAll(/\/s\/([\w-]{18,26}(?:\/1)?)/g)].map(([, path = ""]) =>
    path.split("/"),
  );
  expect(paths).toHaveLength(2);
  const leads = (path: string[]) =>
    GET(new Request(`https://ringback.test/s/${path.join("/")}`), { params: Promise.resolve({ path }) });
  const answers = await Promise.all(paths.map(leads));
  expect(answers.map(({ headers }) => headers.get("location"))).toEqual([
    "https://example.com/pay?a=1",
    "https://example.com/ask",
  ]);
  const [first = ""] = paths[0] ?? [];
  for (const wrong of [
    [first, "2"],
    [first, "x"],
    [`${first.slice(0, -1)}${first.endsWith("A") ? "Q" : "A"}`],
  ])
    expect((await leads(wrong)).status).toBe(404);
});

test("a test is no execution, no run and no figure", async () => {
  const id = await campaign();
  await sendCampaignTest(marketer, { id, channel: "email", language: "en", to: "me@example.test" });
  const [row] =
    await db.owner`select (select count(*) from executions where workspace_id = ${marketer.workspaceId})::int as executions,
    (select count(*) from campaign_runs where campaign_id = ${id})::int as runs,
    (select status from campaigns where id = ${id}) as status`;
  expect(row).toEqual({ executions: 0, runs: 0, status: "draft" });
});

test("what cannot be sent says why: nothing written, no value, no address", async () => {
  const id = await campaign();
  const send = (given: Partial<Parameters<typeof sendCampaignTest>[1]>) =>
    sendCampaignTest(marketer, { id, channel: "email", language: "en", to: "me@example.test", ...given });
  await expect(send({ to: "me" })).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: "This is not an e-mail address.",
  });
  await expect(send({ channel: "whatsapp", to: "+919820012345" })).rejects.toMatchObject({
    message: "Nothing is written here yet.",
  });
  const without = await campaign({ subject: "Your {{policy_number}}", bodies: undefined });
  await expect(send({ id: without })).rejects.toThrow("has no value for {{policy_number}}");
});

test("a supervisor sends no tests, and a foreign campaign is not there", async () => {
  const id = await campaign();
  const supervisor = await makeMember(db.owner, marketer.workspaceId, "supervisor");
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  const to = { id, channel: "email", language: "en", to: "me@example.test" } as const;
  await expect(sendCampaignTest(supervisor, to)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(sendCampaignTest(stranger, to)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the thirty-first test within a quarter of an hour waits", async () => {
  const id = await campaign();
  const eager = await makeMember(db.owner, marketer.workspaceId, "marketer");
  const send = () => sendCampaignTest(eager, { id, channel: "email", language: "en", to: "me@example.test" });
  for (let nth = 0; nth < 30; nth++) await send();
  await expect(send()).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
});

test("addresses for tests are kept for the person, and begin as those of the sign-in", async () => {
  expect(await getTestAddresses(marketer)).toEqual({ email: `${marketer.userId}@example.test`, phone: "" });
  await changeTestAddresses(marketer, { email: "tests@example.test", phone: "+919820012345" });
  expect(await getTestAddresses(marketer)).toEqual({ email: "tests@example.test", phone: "+919820012345" });
});
