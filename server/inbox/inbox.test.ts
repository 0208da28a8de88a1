import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { recordClick, recordOpen } from "@/server/tracking";
import { appleProxy, makeLedgerRun, visit } from "@/server/tracking/testing/ledger";
import { countMessages } from "./counts";
import { getMessage } from "./get";
import { listMessages } from "./list";
import { markAllRead } from "./mark-all-read";
import { markRead } from "./mark-read";
import { readFilters } from "./schemas";

const db = await testDatabase();
let workspaceId: string;
let admin: Context;
let marketer: Context;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId, "admin");
  marketer = await makeMember(db.owner, workspaceId, "marketer");
});

type Given = Partial<{
  workspaceId: string;
  kind: string;
  campaignId: string | null;
  publicId: string;
  toName: string;
  toAddress: string;
  subject: string;
  html: string;
}>;

async function deliver(given: Given = {}): Promise<string> {
  const id = newId();
  await db.owner`
    insert into sandbox_messages
      (id, workspace_id, public_id, kind, channel, campaign_id, from_address, to_address, to_name, subject, html, text)
    values (${id}, ${given.workspaceId ?? workspaceId}, ${given.publicId ?? id}, ${given.kind ?? "campaign"}, 'email',
      ${given.campaignId ?? null}, 'Suraksha <post@example.test>', ${given.toAddress ?? "asha@example.test"},
      ${given.toName ?? "Asha"}, ${given.subject ?? "Hello"}, ${given.html ?? null}, ${"Dear Asha,\n\n  how are you?"})`;
  return id;
}

describe("the list", () => {
  test("pages through everything once, newest first, while new messages arrive", async () => {
    const own = await makeWorkspace(db.owner);
    const ctx = await makeMember(db.owner, own, "marketer");
    const sent: string[] = [];
    for (let index = 0; index < 25; index++) sent.push(await deliver({ workspaceId: own }));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listMessages(ctx, { limit: 10, cursor });
      seen.push(...page.messages.map((message) => message.id));
      cursor = page.next;
      await deliver({ workspaceId: own });
    } while (cursor);
    expect(seen).toEqual(sent.toReversed());
  });

  test("finds a part of name, address or subject in any case, and takes %, _ and \\ for what they are", async () => {
    const own = await makeWorkspace(db.owner);
    const ctx = await makeMember(db.owner, own, "marketer");
    const byName = await deliver({ workspaceId: own, toName: "Bela Shah" });
    const byAddress = await deliver({ workspaceId: own, toAddress: "chand_1@example.test" });
    const bySubject = await deliver({ workspaceId: own, subject: "Save 10% \\ now" });
    const find = async (search: string) => (await listMessages(ctx, { search })).messages.map(({ id }) => id);
    expect(await find("bELA s")).toEqual([byName]);
    expect(await find("chand_")).toEqual([byAddress]);
    expect(await find("10%")).toEqual([bySubject]);
    expect(await find("% \\")).toEqual([bySubject]);
    expect(await find("x%y")).toEqual([]);
  });

  test("filters by kind, campaign and unread, and shows how the text begins", async () => {
    const own = await makeWorkspace(db.owner);
    const ctx = await makeMember(db.owner, own, "admin");
    const run = await makeLedgerRun(db.owner, own);
    const campaign = await deliver({ workspaceId: own, campaignId: run.campaignId });
    const system = await deliver({ workspaceId: own, kind: "system" });
    const ids = async (filters: Parameters<typeof listMessages>[1]) =>
      (await listMessages(ctx, filters)).messages.map(({ id }) => id);
    expect(await ids({ kind: "system" })).toEqual([system]);
    expect(await ids({ campaignId: run.campaignId })).toEqual([campaign]);
    await markRead(ctx, { id: system });
    expect(await ids({ unread: true })).toEqual([campaign]);
    const [line] = (await listMessages(ctx, { unread: true })).messages;
    expect(line).toMatchObject({ snippet: "Dear Asha, how are you?", read: false });
  });

  test("a filter in the address that makes no sense is left out", () => {
    expect(readFilters(new URLSearchParams("q= asha &unread=1&kind=campaign"))).toEqual({
      channel: "email",
      search: "asha",
      kind: "campaign",
      unread: true,
      campaignId: undefined,
      customerId: undefined,
    });
    expect(readFilters(new URLSearchParams("kind=nonsense"))).toEqual({ channel: "email" });
  });
});

describe("who may see what", () => {
  test("the product's own mails are for administrators only", async () => {
    const id = await deliver({ kind: "system" });
    expect(await getMessage(admin, { id })).toMatchObject({ id, kind: "system" });
    await expect(getMessage(marketer, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(markRead(marketer, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listMessages(marketer, { kind: "system" })).messages).toEqual([]);
    await markAllRead(marketer);
    expect(await getMessage(admin, { id })).toMatchObject({ read: false });
  });

  test.each(["supervisor", "agent", "advisor"] as const)("%s is refused", async (role) => {
    const ctx = await makeMember(db.owner, workspaceId, role);
    const id = await deliver();
    for (const act of [
      () => listMessages(ctx, {}),
      () => countMessages(ctx),
      () => getMessage(ctx, { id }),
      () => markRead(ctx, { id }),
      () => markAllRead(ctx),
    ])
      await expect((async () => act())()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("another workspace's message answers like a missing one, and nothing of it is changed", async () => {
    const theirs = await makeWorkspace(db.owner);
    const id = await deliver({ workspaceId: theirs });
    for (const ctx of [admin, marketer]) {
      await expect(getMessage(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(markRead(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(getMessage(ctx, { id: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    await markAllRead(admin);
    const [row] = await db.owner`select read_at from sandbox_messages where id = ${id}`;
    expect(row?.read_at).toBeNull();
  });
});

describe("one message", () => {
  test("names its campaign and tells what was done with it, machines apart", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const publicId = run.publicIds[0] ?? "";
    const id = await deliver({ campaignId: run.campaignId, publicId });
    await recordOpen(publicId, appleProxy());
    await recordClick(publicId, "0", visit());
    const message = await getMessage(marketer, { id });
    expect(message.campaign).toEqual({ id: run.campaignId, name: "Renewal drive" });
    expect(message.visits).toMatchObject([
      { kind: "opened", rule: "apple_mail_privacy", counted: false },
      { kind: "clicked", rule: null, counted: true, link: 0 },
      { kind: "opened", rule: null, counted: true },
    ]);
  });

  test("leads its own pixel and links to the host that shows it, and no other address", async () => {
    const html =
      '<a href="http://localhost:3000/t/c/x/0">a</a><img src="http://localhost:3000/t/o/x.gif"><a href="https://example.test/">b</a>';
    const { html: shown } = await getMessage(admin, { id: await deliver({ html }) });
    expect(shown).toBe('<a href="/t/c/x/0">a</a><img src="/t/o/x.gif"><a href="https://example.test/">b</a>');
  });

  test("reading changes nothing; marking is kept, and once is enough", async () => {
    const id = await deliver();
    expect(await getMessage(admin, { id })).toMatchObject({ read: false });
    expect(await getMessage(admin, { id })).toMatchObject({ read: false });
    await markRead(admin, { id });
    const read = async () =>
      (await db.owner`select read_at from sandbox_messages where id = ${id}`)[0]?.read_at;
    const first = await read();
    await markRead(marketer, { id });
    expect(await read()).toEqual(first);
    expect(await getMessage(admin, { id })).toMatchObject({ read: true });
  });

  test("counts follow", async () => {
    const own = await makeWorkspace(db.owner);
    const ctx = await makeMember(db.owner, own, "marketer");
    const run = await makeLedgerRun(db.owner, own);
    await makeLedgerRun(db.owner, own);
    const id = await deliver({ workspaceId: own, campaignId: run.campaignId });
    await deliver({ workspaceId: own, kind: "test" });
    await deliver({ workspaceId: own, kind: "system" });
    const campaigns = [{ id: run.campaignId, name: "Renewal drive" }];
    expect(await countMessages(ctx)).toEqual({
      total: 2,
      unread: 2,
      unreadBy: { email: 2, whatsapp: 0, sms: 0 },
      campaigns,
    });
    await markRead(ctx, { id });
    expect(await countMessages(ctx)).toEqual({
      total: 2,
      unread: 1,
      unreadBy: { email: 1, whatsapp: 0, sms: 0 },
      campaigns,
    });
    await markAllRead(ctx);
    expect(await countMessages(ctx)).toEqual({
      total: 2,
      unread: 0,
      unreadBy: { email: 0, whatsapp: 0, sms: 0 },
      campaigns,
    });
  });
});
