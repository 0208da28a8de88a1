import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { findLiveSession } from "@/server/auth/live-session";
import { contextOf, type SignedIn } from "@/server/auth/signed-in";
import { startSession } from "@/server/auth/start-session";
import type { Context, Role } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { recordReply } from "@/server/responses";
import { replyTo } from "@/server/responses/testing/reply-to";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { t } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/root";
import { roleKeys } from "@/server/workspaces/roles";
import { exportCustomers } from "./export-list";
import { addNote } from "./notes";
import { changePrivacy } from "./privacy";
import { customerFilters, maskableRoles } from "./schemas";
import { updateCustomer } from "./update";

const db = await testDatabase();
const PHONE = "+919820098765";
const EMAIL = "zoya.merchant@example.test";
const HINTS = { phone: "+91•••8765", email: "z•••@example.test" };

type Person = SignedIn & { verb: Context };
const people = new Map<Role, Person>();
let admin: Context;
let run: SentRun;
let customerId: string;
let strangerId: string;
let messageId: string;

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  for (const role of roleKeys) {
    const member = await makeMember(db.owner, workspaceId, role);
    const session = await startSession(member.userId, { address: "10.3.0.2", userAgent: null });
    const found = await findLiveSession(session);
    if (found) people.set(role, { ...found, verb: contextOf(found, "test") });
  }
  admin = of("admin").verb;
  run = await makeSentRun(db.owner, workspaceId, { channel: "email", size: 2 });
  [customerId = "", strangerId = ""] = run.customerIds;
  // Marketers and administrators read them, so that a masked value is one of the setting, not of the row.
  await updateCustomer(admin, {
    customerId,
    changes: { name: "Zoya Merchant", phone: PHONE, email: EMAIL, externalId: "EXT-1" },
  });
  await updateCustomer(admin, {
    customerId,
    changes: { advisorId: of("advisor").membershipId, city: "Pune" },
  });
  await addNote(admin, { customerId, text: `Rings from 98200 98765, writes from ${EMAIL}` });
  await recordReply(
    admin,
    replyTo(run, `My number is ${PHONE}`, { channel: "email", from: EMAIL, publicId: run.publicIds[0] }),
  );
  await db.owner`insert into customer_events (id, workspace_id, customer_id, name, properties, occurred_at)
    values (${newId()}, ${workspaceId}, ${customerId}, 'inquiry', ${db.owner.json({ contact: PHONE })}, clock_now())`;
  messageId = newId();
  await db.owner`insert into sandbox_messages (id, workspace_id, public_id, kind, channel, campaign_id, customer_id,
      from_address, to_address, to_name, subject, text, headers)
    values (${messageId}, ${workspaceId}, ${run.publicIds[0] ?? ""}, 'campaign', 'email', ${run.campaignId}, ${customerId},
      'us@example.test', ${EMAIL}, 'Zoya Merchant', 'Hello', 'Hello', ${db.owner.json({ To: `Zoya <${EMAIL}>` })})`;
});

function of(role: Role): Person {
  const person = people.get(role);
  if (!person) throw new Error(`no ${role}`);
  return person;
}

const callAs = (role: Role) => t.createCallerFactory(appRouter)({ signedIn: of(role), requestId: "test" });
type Caller = ReturnType<typeof callAs>;

async function listAsCsv(role: Role): Promise<string> {
  let text = "";
  const file = await exportCustomers(of(role).verb, { sort: "name", filters: customerFilters.parse({}) });
  for await (const piece of file.content) text += piece;
  return text;
}

const office = ["admin", "marketer", "supervisor"] as const;
const readers = ["admin", "marketer", "supervisor", "advisor"] as const;
const editors = ["admin", "marketer", "advisor"] as const;
const senders = ["admin", "marketer"] as const;

type Look = {
  who: readonly Role[];
  read: (api: Caller, role: Role) => Promise<unknown>;
  hints: string[];
  /** Who may look at some, and not at this one: it answers like a missing one. */
  missingFor?: readonly Role[];
};

/** Everything that shows an address of a customer: who may look, and which masked values stand there. */
const looks: Record<string, Look> = {
  "customers.list": {
    who: readers,
    read: (api) => api.customers.list({}),
    hints: [HINTS.phone, HINTS.email],
  },
  "customers.list, searched by a part of the name": {
    who: readers,
    read: (api) => api.customers.list({ search: "zoya" }),
    hints: [HINTS.phone, HINTS.email],
  },
  "customers.get": {
    who: readers,
    read: (api) => api.customers.get({ customerId }),
    hints: [HINTS.phone, HINTS.email],
  },
  "customers.timeline": {
    who: readers,
    read: (api) => api.customers.timeline({ customerId, limit: 100 }),
    hints: [HINTS.phone, HINTS.email],
  },
  "the list as CSV": { who: editors, read: (_, role) => listAsCsv(role), hints: [HINTS.phone, HINTS.email] },
  "deliveries.recipients": {
    who: office,
    read: (api) => api.deliveries.recipients({ campaignId: run.campaignId }),
    hints: [HINTS.email],
    // Advisors read the recipients of their own campaigns.
    missingFor: ["advisor"],
  },
  "inbox.list": { who: senders, read: (api) => api.inbox.list({}), hints: [HINTS.email] },
  "inbox.get": { who: senders, read: (api) => api.inbox.get({ id: messageId }), hints: [HINTS.email] },
};

/** The person's own values, however they are spelled. */
const plain = (answer: unknown): boolean =>
  /98200\s?98765|zoya\.merchant@/.test(typeof answer === "string" ? answer : JSON.stringify(answer));

describe.each(Object.entries(looks))("%s", (_name, { who, read, hints, missingFor = [] }) => {
  test.each(roleKeys)("for a role: %s", async (role) => {
    await changePrivacy(admin, { maskedRoles: [], erasureDays: 0 });
    if (!who.includes(role)) {
      await expect(read(callAs(role), role)).rejects.toMatchObject({
        code: missingFor.includes(role) ? "NOT_FOUND" : "FORBIDDEN",
      });
      return;
    }
    expect(plain(await read(callAs(role), role))).toBe(true);
    await changePrivacy(admin, { maskedRoles: [...maskableRoles], erasureDays: 0 });
    const answer = await read(callAs(role), role);
    expect(plain(answer)).toBe(role === "admin");
    if (role !== "admin") for (const hint of hints) expect(JSON.stringify(answer)).toContain(hint);
  });
});

describe("somebody who reads addresses masked", () => {
  const masked = () => changePrivacy(admin, { maskedRoles: [...maskableRoles], erasureDays: 0 });
  const found = async (search: string) =>
    (await callAs("marketer").customers.list({ search })).rows.map(({ id }) => id);

  test("finds them whole, and not by parts", async () => {
    await masked();
    for (const whole of [PHONE, "98200 98765", "09820098765", EMAIL, "Zoya.Merchant@example.test"])
      expect(await found(whole), whole).toEqual([customerId]);
    for (const part of ["98765", "+91982009876", "zoya.mer", "@example.test"])
      expect(await found(part), part).toEqual([]);
    for (const other of ["zoya", "ext-1"]) expect(await found(other), other).toEqual([customerId]);
    const { rows } = await callAs("marketer").deliveries.recipients({
      campaignId: run.campaignId,
      search: "@example",
    });
    expect(rows).toEqual([]);
    const { messages } = await callAs("marketer").inbox.list({ search: "zoya.merchant" });
    expect(messages).toEqual([]);
  });

  test("reads a premium on the timeline as an amount, though it is as long as a phone number", async () => {
    await masked();
    await db.owner`
      insert into customer_changes (id, workspace_id, customer_id, actor_kind, subject, subject_id, before, after)
      values (${newId()}, ${admin.workspaceId}, ${customerId}, 'system', 'policy', ${newId()}, null,
        ${db.owner.json({ premium: "12345000000", sumAssured: "500000000000", note: PHONE })})`;
    const { entries } = await callAs("marketer").customers.timeline({ customerId });
    const change = entries.find((entry) => JSON.stringify(entry).includes("sumAssured"));
    expect(JSON.stringify(change)).toContain("12345000000");
    expect(JSON.stringify(change)).toContain("500000000000");
    expect(JSON.stringify(change)).not.toContain(PHONE);
  });

  test("cannot change one that is there, nor write the masked text back, but may add one that is missing", async () => {
    await masked();
    const change = (changes: Record<string, string>) =>
      callAs("marketer").customers.update({ customerId, changes });
    await expect(change({ phone: "+919820011111" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(change({ email: "" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(change({ phone: HINTS.phone })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    await expect(change({ email: HINTS.email })).rejects.toThrow();
    await change({ city: "Nashik" });
    await db.owner`update customers set phone = null where id = ${strangerId}`;
    await callAs("marketer").customers.update({
      customerId: strangerId,
      changes: { phone: "+919820011111" },
    });
    const [row] = await db.owner`select phone, email from customers where id = ${customerId}`;
    expect(row).toEqual({ phone: PHONE, email: EMAIL });
  });
});

test("an edit of one field leaves the others as they are, through the door that the form uses", async () => {
  const before = await db.owner`select * from customers where id = ${customerId}`;
  await callAs("admin").customers.update({ customerId, changes: { name: "Zoya M. Merchant" } });
  const after = await db.owner`select * from customers where id = ${customerId}`;
  const { name: _, updated_at: __, ...rest } = before[0] ?? {};
  expect(after[0]).toMatchObject(rest);
  expect(after[0]?.phone).toBe(PHONE);
});

describe("an advisor", () => {
  test("sees nobody outside of the own book, by no procedure", async () => {
    const api = callAs("advisor");
    const gone = { code: "NOT_FOUND" };
    const target = { customerId: strangerId };
    await expect(api.customers.get(target)).rejects.toMatchObject(gone);
    await expect(api.customers.timeline(target)).rejects.toMatchObject(gone);
    await expect(api.policies.list(target)).rejects.toMatchObject(gone);
    await expect(api.customers.update({ ...target, changes: { city: "X" } })).rejects.toMatchObject(gone);
    await expect(api.customers.tag({ ...target, add: ["x"] })).rejects.toMatchObject(gone);
    await expect(api.customers.addNote({ ...target, text: "x" })).rejects.toMatchObject(gone);
    expect((await api.customers.list({})).rows.map(({ id }) => id)).toEqual([customerId]);
    expect(await api.customers.values({ of: "city" })).toEqual([{ value: "Nashik", customers: 1 }]);
  });

  test("does not give customers away", async () => {
    const change = { customerId, changes: { advisorId: null } };
    await expect(callAs("advisor").customers.update(change)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

test("only administrators decide about privacy, and it is audited", async () => {
  for (const role of maskableRoles) {
    const next = { maskedRoles: [], erasureDays: 3 };
    await expect(callAs(role).customers.changePrivacy(next)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(callAs(role).customers.privacy()).rejects.toMatchObject({ code: "FORBIDDEN" });
  }
  await callAs("admin").customers.changePrivacy({ maskedRoles: ["agent"], erasureDays: 30 });
  expect(await callAs("admin").customers.privacy()).toEqual({ maskedRoles: ["agent"], erasureDays: 30 });
  const [entry] = await db.owner`
    select after from audit_entries where action = 'workspace.privacy_changed' order by id desc limit 1`;
  expect(entry?.after).toEqual({ maskedRoles: ["agent"], erasureDays: 30 });
});
