import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { completeRun } from "@/server/deliveries/complete-run";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { drain } from "@/server/deliveries/testing/drain";
import { type Context, systemContext } from "@/server/platform/context";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { answerResponse } from "./answer";
import { mayAnswer } from "./answering";
import { assignResponses, listAssignees } from "./assign";
import { getResponse } from "./get";
import { listResponses } from "./list";
import { recordReply } from "./record-reply";
import { replyTo } from "./testing/reply-to";

temporaryDataDir();
const db = await testDatabase();
let workspaceId: string;
let admin: Context & { userId: string; membershipId: string };
let keys = 0;
const key = () => (++keys).toString(16).padStart(32, "0");

beforeAll(async () => {
  // Service by phone waits for the morning.
  await db.setClock("2026-11-20T12:00:00+05:30");
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
});

/** A customer with a policy, and what they wrote on a channel. */
async function replied(channel: "whatsapp" | "email" | "sms", text = "What is the premium?") {
  const run = await makeSentRun(db.owner, workspaceId, { channel });
  const [customerId = ""] = run.customerIds;
  await db.owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode)
    values (gen_random_uuid(), ${workspaceId}, ${customerId}, ${`P-${customerId}`}, 'life', 'Term', 'in_force', 1000000,
      'INR', 'yearly')`;
  const { responseId } = await recordReply(
    systemContext(workspaceId),
    replyTo(run, text, { channel, from: run.addresses[0], occurredAt: new Date("2026-11-20T06:00:00Z") }),
  );
  return { responseId, customerId, run };
}

const answerOf = (responseId: string, text = "It is ₹12,000 a year.") => ({
  ...{ responseId, key: key(), subject: "Your premium", text, handled: true },
});

test("an answer goes through the ledger on the customer's channel, and stands in the conversation", async () => {
  const { responseId, customerId } = await replied("whatsapp");
  const given = answerOf(responseId);
  expect(await mayAnswer(admin, { responseId })).toEqual({
    ...{ may: true, until: null, channel: "whatsapp", subject: "" },
  });
  expect(await answerResponse(admin, given)).toEqual({ until: null });
  // Told twice by a slow line, it is one.
  await answerResponse(admin, given);
  await drain();
  const messages =
    await db.owner`select text, channel, customer_id from sandbox_messages where customer_id = ${customerId}`;
  expect(messages).toEqual([{ text: given.text, channel: "whatsapp", customer_id: customerId }]);
  const shown = await getResponse(admin, { responseId });
  expect(shown).toMatchObject({ followUp: "done", assignee: { id: admin.membershipId } });
  expect(shown.conversation.at(-1)).toMatchObject({
    ...{ by: "us", text: given.text, answeredBy: "A admin" },
  });
  const [run] = await db.owner<{ number: string; campaign: string }[]>`
    select r.number, r.campaign_id as campaign from campaign_runs r join response_answers a on a.run_number = r.number
    where a.response_id = ${responseId}`;
  expect(await completeRun(systemContext(workspaceId), { runNumber: Number(run?.number) })).toBe(true);
  const [campaign] = await db.owner`select status, answers from campaigns where id = ${run?.campaign ?? ""}`;
  expect(campaign).toEqual({ status: "active", answers: true });
});

test("by e-mail it has the subject that was written, and no limit a day keeps a second one back", async () => {
  const { responseId, customerId } = await replied("email");
  await expect(answerResponse(admin, { ...answerOf(responseId), subject: "" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await answerResponse(admin, answerOf(responseId));
  await answerResponse(admin, answerOf(responseId, "And it is due on Monday."));
  await drain();
  const mails =
    await db.owner`select subject, text from sandbox_messages where customer_id = ${customerId} order by id`;
  expect(mails).toHaveLength(2);
  expect(mails[1]).toMatchObject({ subject: "Your premium", text: expect.stringContaining("due on Monday") });
});

test("what the rules refuse is refused in words before it is written", async () => {
  const registered = await replied("sms");
  expect(await mayAnswer(admin, { responseId: registered.responseId })).toMatchObject({
    ...{ may: false, sentence: expect.stringContaining("registered (DLT)") },
  });
  const late = await replied("whatsapp");
  await db.owner`update responses set received_at = received_at - interval '2 days' where id = ${late.responseId}`;
  await expect(answerResponse(admin, answerOf(late.responseId))).rejects.toThrow(/24 hours/);
  const tagged = await replied("email");
  await expect(answerResponse(admin, answerOf(tagged.responseId, "Dear {{first_name}}"))).rejects.toThrow();
  await db.owner`update responses set customer_id = null where id = ${tagged.responseId}`;
  expect(await mayAnswer(admin, { responseId: tagged.responseId })).toMatchObject({ may: false });
  const [none] = await db.owner`
    select count(*)::int as n from response_answers where response_id in ${db.owner([registered.responseId, late.responseId, tagged.responseId])}`;
  expect(none?.n).toBe(0);
});

test("outside the hours of contact it says when it goes, and goes then", async () => {
  const { responseId, customerId } = await replied("whatsapp");
  await db.setClock("2026-11-20T23:00:00+05:30");
  await db.owner`update responses set received_at = clock_now() where id = ${responseId}`;
  const { until } = await answerResponse(admin, answerOf(responseId));
  expect(new Date(until ?? "").toISOString()).toBe("2026-11-21T02:30:00.000Z");
  await drain();
  const count = async () =>
    (await db.owner`select 1 from sandbox_messages where customer_id = ${customerId}`).length;
  expect(await count()).toBe(0);
  const held = (await getResponse(admin, { responseId })).conversation.at(-1);
  expect(held).toMatchObject({ state: "held", reason: expect.stringContaining("hours") });
  await db.setClock("2026-11-21T09:00:00+05:30");
  await drain();
  expect(await count()).toBe(1);
});

test("responses are given to colleagues who may answer, who are told, and found by who has them", async () => {
  const { responseId } = await replied("email");
  const supervisor = await makeMember(db.owner, workspaceId, "supervisor");
  const agent = await makeMember(db.owner, workspaceId, "agent");
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
  const give = (assigneeId: string | null) =>
    assignResponses(admin, { responseIds: [responseId], assigneeId });
  await expect(give(agent.membershipId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(give(stranger.membershipId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await give(supervisor.membershipId)).toEqual({ changed: 1 });
  expect(await give(supervisor.membershipId)).toEqual({ changed: 0 });
  const told = await db.owner`
    select kind, subject_id from notifications where membership_id = ${supervisor.membershipId}`;
  expect(told).toEqual([{ kind: "response.assigned", subject_id: responseId }]);
  const own = await listResponses(supervisor, { assignee: ["me"] });
  expect(own.rows.map(({ id, assigneeName }) => [id, assigneeName])).toEqual([[responseId, "A supervisor"]]);
  expect((await listResponses(admin, { assignee: ["nobody"] })).rows.map(({ id }) => id)).not.toContain(
    responseId,
  );
  expect((await listAssignees(supervisor)).map(({ id }) => id)).not.toContain(agent.membershipId);
  expect(await give(null)).toEqual({ changed: 1 });
  await expect(assignResponses(agent, { responseIds: [responseId], assigneeId: null })).rejects.toMatchObject(
    {
      code: "FORBIDDEN",
    },
  );
  await expect(answerResponse(agent, answerOf(responseId))).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await assignResponses(stranger, { responseIds: [responseId], assigneeId: null })).toEqual({
    changed: 0,
  });
  await expect(answerResponse(stranger, answerOf(responseId))).rejects.toMatchObject({ code: "NOT_FOUND" });
});
