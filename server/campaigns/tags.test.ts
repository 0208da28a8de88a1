import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import type { Bodies } from "./content";
import { previewCampaign } from "./preview";

const db = await testDatabase();
let admin: Context & { userId: string };
/** One customer with a value for every tag, and one with none. */
let asha: string;
let nobody: string;

beforeAll(async () => {
  admin = await makeMember(db.owner, await makeWorkspace(db.owner, "Suraksha"));
  const advisor = await makeMember(db.owner, admin.workspaceId, "advisor");
  await db.owner`update users set name = 'Rohan Mehta' where id = ${advisor.userId}`;
  [asha = "", nobody = ""] = await makeCustomers(db.owner, admin.workspaceId, [
    { name: "Asha Rao", email: "asha@example.test", phone: "+919820012345" },
    { name: "", email: null },
  ]);
  await db.owner`update customers set advisor_id = ${advisor.membershipId}, attributes = '{"branch": "Pune"}' where id = ${asha}`;
  await db.owner`insert into attribute_definitions ${db.owner({
    id: newId(),
    workspace_id: admin.workspaceId,
    key: "branch",
    label: "Branch",
    type: "text",
  })}`;
  const policyId = newId();
  await db.owner`insert into policies ${db.owner({
    id: policyId,
    workspace_id: admin.workspaceId,
    customer_id: asha,
    policy_number: "POL-417",
    policy_type: "two_wheeler",
    product_name: "Two Wheeler Secure",
    status: "in_force",
    premium_micros: 12_500_000_000,
    currency: "INR",
    payment_mode: "quarterly",
    start_date: "2030-01-14",
    renewal_date: "2031-12-14",
  })}`;
  await db.owner`insert into premium_payments ${db.owner({
    id: newId(),
    workspace_id: admin.workspaceId,
    policy_id: policyId,
    customer_id: asha,
    due_date: "2031-12-14",
    amount_micros: 12_500_000_000,
    currency: "INR",
    status: "due",
  })}`;
});

/** Tag → what Asha reads. In an SMS that is plain otherwise, the rupee sign is written out. */
const said: Record<string, string | Partial<Record<Channel, string>>> = {
  customer_name: "Asha Rao",
  first_name: "Asha",
  customer_phone: "+919820012345",
  customer_email: "asha@example.test",
  policy_number: "POL-417",
  policy_type: "Two wheeler",
  premium_amount: { email: "₹12,500", whatsapp: "₹12,500", sms: "Rs.12,500" },
  due_date: "14 December 2031",
  next_due_date: "14 March 2032",
  policies_due: {
    email: "POL-417 ₹12,500 (14 December 2031)",
    whatsapp: "POL-417 ₹12,500 (14 December 2031)",
    sms: "POL-417 Rs.12,500 (14 December 2031)",
  },
  agent_name: "Rohan Mehta",
  "attribute.branch": "Pune",
};

const bodyOf = (channel: Channel, words: string): Bodies => ({
  [channel]: {
    en:
      channel === "email"
        ? { subject: `S ${words}`, preheader: "", body: `B ${words}` }
        : channel === "sms"
          ? { text: `S ${words}`, dltTemplateId: null, variables: [] }
          : { text: `S ${words}`, templateId: null, variables: [], headerFileId: null, buttonUrls: [] },
  },
});

const preview = (
  channel: Channel,
  words: string,
  customerId: string,
  fallbacks: Record<string, string> = {},
) =>
  previewCampaign(admin, {
    category: "renewal_reminder",
    channels: [channel],
    languages: ["en"],
    bodies: bodyOf(channel, words),
    fallbacks,
    audience: { kind: "all" },
    customerId,
  });

const textOf = ({ message }: Awaited<ReturnType<typeof preview>>) =>
  message?.ok
    ? message.content.channel === "email"
      ? message.content.subject
      : message.content.text
    : message;

describe.each(["email", "sms", "whatsapp"] as const)("by %s", (channel) => {
  test.each(Object.keys(said))("{{%s}} says the customer's own value", async (tag) => {
    const expected = said[tag];
    const value = typeof expected === "string" ? expected : expected?.[channel];
    expect(textOf(await preview(channel, `{{${tag}}}.`, asha))).toBe(`S ${value}.`);
  });

  test.each(Object.keys(said))("{{%s}} without a value says the fallback, set apart", async (tag) => {
    const shown = await preview(channel, `{{${tag}}}.`, nobody, { [tag]: "as you know" });
    expect(textOf(shown)).toBe("S as you know.");
    expect(shown.instead).toEqual(["as you know"]);
  });

  test.each(Object.keys(said))("{{%s}} without a value or a fallback is not sent", async (tag) => {
    expect(textOf(await preview(channel, `{{${tag}}}.`, nobody))).toEqual({ ok: false, missingTag: tag });
  });

  test("{{company_name}} is the company's, whoever reads it", async () => {
    expect(textOf(await preview(channel, "{{company_name}}.", nobody))).toBe("S Suraksha.");
  });

  test("a tag that nobody knows is a problem at its place, and is never sent", async () => {
    const shown = await preview(channel, "{{coustomer_name}}.", asha, { coustomer_name: "x" });
    expect(shown.problems[0]).toMatchObject({ place: { channel, language: "en" } });
    expect(shown.message).toMatchObject({ ok: false });
  });
});
