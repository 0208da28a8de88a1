import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { type Preview, previewCampaign } from "./preview";
import type { PreviewInput } from "./schemas";

const db = await testDatabase();
let admin: Context & { userId: string };
let asha: string;
let hostile: string;
let nameless: string;

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
  [asha = "", hostile = "", nameless = ""] = await makeCustomers(db.owner, admin.workspaceId, [
    { name: "Asha Rao", tier: "gold" },
    { name: `<img src=x onerror="alert(1)">` },
    { name: "" },
  ]);
});

const content: PreviewInput = {
  category: "cross_sell",
  channels: ["email"],
  languages: ["en"],
  bodies: {
    email: {
      en: {
        subject: "For {{customer_name}}",
        body: "Hello {{customer_name}}, [see it](https://example.com/a)",
      },
    },
  },
  fallbacks: {},
  audience: { kind: "all" },
};

const htmlOf = (message: Preview["message"]) =>
  message?.ok && message.content.channel === "email" ? message.content.html : "";

test("shows the message as the chosen customer would read it, with its own links and the company", async () => {
  const { customer, message } = await previewCampaign(admin, { ...content, customerId: asha });
  expect(customer).toMatchObject({ id: asha, name: "Asha Rao" });
  expect(message).toMatchObject({ ok: true, content: { channel: "email", subject: "For Asha Rao" } });
  const html = htmlOf(message);
  expect(html).toContain("Hello Asha Rao");
  expect(html).toContain('href="https://example.com/a"');
  expect(html).toContain("Sent by Suraksha");
  expect(html).not.toContain("/t/o/");
});

test("a customer's name is text, never markup", async () => {
  const { message } = await previewCampaign(admin, { ...content, customerId: hostile });
  const html = htmlOf(message);
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
  expect(html).not.toContain("<img");
});

test("a customer without the value gets the fallback, or is said to be left out", async () => {
  const shown = { ...content, customerId: nameless };
  expect((await previewCampaign(admin, shown)).message).toEqual({ ok: false, missingTag: "customer_name" });
  const filled = await previewCampaign(admin, { ...shown, fallbacks: { customer_name: "customer" } });
  expect(filled.message).toMatchObject({ ok: true, content: { subject: "For customer" } });
});

test("without a choice the customers of the audience take turns", async () => {
  const at = async (turn: number) => (await previewCampaign(admin, { ...content, turn })).customer?.id;
  expect([await at(0), await at(1), await at(2), await at(3)]).toEqual([asha, hostile, nameless, asha]);
  const gold: PreviewInput = { ...content, audience: { kind: "tier", tiers: ["gold"] } };
  expect((await previewCampaign(admin, { ...gold, turn: 5 })).customer?.id).toBe(asha);
  const nobody: PreviewInput = { ...content, audience: { kind: "tier", tiers: [] } };
  expect(await previewCampaign(admin, nobody)).toMatchObject({ customer: null, message: null });
});

test("a foreign customer is not there", async () => {
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(previewCampaign(stranger, { ...content, customerId: asha })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(previewCampaign(admin, { ...content, customerId: "x" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
