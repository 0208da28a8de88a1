import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { recordConsent } from "@/server/consent";
import { recordChange } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { createPolicy } from "@/server/policies/create";
import { recordReply } from "@/server/responses";
import { replyTo } from "@/server/responses/testing/reply-to";
import { recordClick, recordOpen } from "@/server/tracking";
import { appleProxy, visit } from "@/server/tracking/testing/ledger";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { type TimelineEntry, type TimelineKind, timelineKindNames } from "./content";
import { addNote } from "./notes";
import { tagCustomer } from "./tags";
import { listTimeline, timelineQuery } from "./timeline";
import { updateCustomer } from "./update";

const db = await testDatabase();
let ctx: Context & { userId: string; membershipId: string };
let run: SentRun;
let customerId: string;

/** Moves the clock on, so that entries stand in the order in which they are made. */
let minutes = 0;
const now = () => new Date(Date.now() + minutes * 60_000);
const later = () => db.moveClock(`${++minutes} minutes`);

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  ctx = await makeMember(db.owner, workspaceId, "marketer");
  run = await makeSentRun(db.owner, workspaceId, { channel: "email" });
  customerId = run.customerIds[0] ?? "";
  const publicId = run.publicIds[0] ?? "";
  await later();
  await recordOpen(publicId, appleProxy());
  await later();
  await recordClick(publicId, "1", visit());
  await later();
  await recordReply(ctx, replyTo(run, "Please call me", { channel: "email", publicId, occurredAt: now() }));
  await later();
  await db.owner`insert into customer_events (id, workspace_id, customer_id, name, properties, occurred_at)
    values (${newId()}, ${workspaceId}, ${customerId}, 'claim_filed', '{"claim": "C-1"}', clock_now())`;
  await later();
  await withTransaction(ctx, (tx) =>
    recordConsent(tx, ctx, {
      customerId,
      channel: "sms",
      purpose: "promotional",
      action: "granted",
      source: "form",
    }),
  );
  await later();
  await addNote(ctx, { customerId, text: "Prefers mornings" });
  await later();
  await updateCustomer(ctx, { customerId, changes: { city: "Pune" } });
  await later();
  await createPolicy(ctx, {
    customerId,
    policyNumber: "P-1",
    policyType: "term",
    productName: "Term Shield",
    premium: "500",
    paymentMode: "yearly",
    startDate: "2020-01-01",
    renewalDate: "2099-01-01",
    graceDays: 30,
  });
  await later();
  const importId = newId();
  await db.owner`insert into imports (id, workspace_id, file_name, file_path, file_bytes, status, encoding, delimiter, headers, sample)
    values (${importId}, ${workspaceId}, 'branch.csv', 'x', 1, 'completed', 'utf-8', ',', '[]', '[]')`;
  await db.owner`insert into import_changes (workspace_id, import_id, customer_id, action, before, after, written_at)
    values (${workspaceId}, ${importId}, ${customerId}, 'updated', '{"city": "Pune"}', '{"city": "Nashik"}', clock_now())`;
});

const read = async (input: Partial<Parameters<typeof listTimeline>[1]> = {}) =>
  (await listTimeline(ctx, { customerId, ...input })).entries;
const kindsOf = (entries: TimelineEntry[]) => entries.map(({ kind }) => kind);

describe("a timeline", () => {
  test("holds everything that happened, newest first, with who did it", async () => {
    const entries = await read();
    expect(kindsOf(entries)).toEqual([
      "import",
      "change",
      "change",
      "note",
      "consent",
      "event",
      // The reply asks for a call: the request stands above it.
      "callback",
      "response",
      "reaction",
      "message",
    ]);
    const of = <Kind extends TimelineKind>(kind: Kind) =>
      entries.find((entry): entry is Extract<TimelineEntry, { kind: Kind }> => entry.kind === kind);
    expect(of("message")).toMatchObject({
      channel: "email",
      detail: { campaignName: "Renewal drive", state: "delivered" },
    });
    // The machine's open and the one that the click implies are no entries.
    expect(of("reaction")).toMatchObject({ channel: "email", detail: { did: "clicked" } });
    expect(of("response")).toMatchObject({ detail: { text: "Please call me", class: "callback_request" } });
    expect(of("consent")).toMatchObject({
      channel: "sms",
      actorName: "A marketer",
      detail: { source: "form" },
    });
    expect(of("note")).toMatchObject({ actorName: "A marketer", detail: { text: "Prefers mornings" } });
    expect(entries[1]).toMatchObject({ detail: { action: "created", subject: "policy", label: "P-1" } });
    expect(entries[2]).toMatchObject({
      actorName: "A marketer",
      detail: { action: "changed", subject: "customer", before: { city: null }, after: { city: "Pune" } },
    });
    expect(of("import")).toMatchObject({
      detail: { fileName: "branch.csv", before: { city: "Pune" }, after: { city: "Nashik" } },
    });
  });

  test.each(timelineKindNames)("can show %s alone", async (kind) => {
    const all = await read();
    expect(await read({ kind: [kind] })).toEqual(all.filter((entry) => entry.kind === kind));
  });

  test("can show what belongs to a channel", async () => {
    expect(kindsOf(await read({ channel: ["email"] }))).toEqual(["response", "reaction", "message"]);
    expect(kindsOf(await read({ channel: ["sms"] }))).toEqual(["consent"]);
    expect(kindsOf(await read({ channel: ["sms"], kind: ["note"] }))).toEqual([]);
  });

  test.each([1, 2, 4])("read %i at a time it gives every entry once, in the same order", async (limit) => {
    const all = await read();
    const ids: string[] = [];
    for (let cursor: string | null = null; ; ) {
      const page = await listTimeline(ctx, { customerId, limit, cursor });
      ids.push(...page.entries.map(({ id }) => id));
      cursor = page.next;
      if (!cursor) break;
    }
    expect(ids).toEqual(all.map(({ id }) => id));
  });

  test("loses nothing among entries of one instant", async () => {
    const other = run.customerIds[0] ?? "";
    await db.owner`insert into customer_events (id, workspace_id, customer_id, name, occurred_at)
      select gen_random_uuid(), ${ctx.workspaceId}, ${other}, 'app_login', '2020-01-01T00:00:00.123456Z' from generate_series(1, 25)`;
    const seen = new Set<string>();
    for (let cursor: string | null = null; ; ) {
      const page = await listTimeline(ctx, { customerId, kind: ["event"], limit: 4, cursor });
      for (const { id } of page.entries) seen.add(id);
      cursor = page.next;
      if (!cursor) break;
    }
    expect(seen.size).toBe(26);
    await db.owner`delete from customer_events where name = 'app_login'`;
  });

  test("a made-up place in it is refused in words", async () => {
    await expect(read({ cursor: "nonsense" })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  test("is not found by a stranger, nor by an advisor outside of the own book", async () => {
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner));
    const advisor = await makeMember(db.owner, ctx.workspaceId, "advisor");
    for (const who of [stranger, advisor])
      await expect(listTimeline(who, { customerId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

test("a tag and a payment's change stand in it with what stood before", async () => {
  await later();
  await tagCustomer(ctx, { customerId, add: [" VIP ", "vip", "Renewal 2026"] });
  await later();
  await withTransaction(ctx, (tx) =>
    recordChange(tx, ctx, {
      customerId,
      action: "customer.tagged",
      subject: "customer",
      subjectId: customerId,
      before: { tags: ["vip"] },
      after: { tags: [] },
    }),
  );
  const [latest, tagged] = await read({ kind: ["change"] });
  expect(tagged).toMatchObject({
    detail: { before: { tags: [] }, after: { tags: ["vip", "renewal 2026"] } },
  });
  expect(latest).toMatchObject({ detail: { before: { tags: ["vip"] }, after: { tags: [] } } });
});

test("a page of 10,000 entries is read by indexes, and touches a bounded number of blocks", async () => {
  const fill = `
    insert into customer_events (id, workspace_id, customer_id, name, occurred_at)
    select gen_random_uuid(), '${ctx.workspaceId}', case when n % 5 = 0 then '${customerId}'::uuid else gen_random_uuid() end,
      'website_visit', clock_now() - n * interval '1 minute' from generate_series(1, 40000) n`;
  await db.owner.unsafe(fill);
  await db.owner`insert into customer_notes (id, workspace_id, customer_id, author_id, text, created_at)
    select gen_random_uuid(), ${ctx.workspaceId}, case when n % 20 = 0 then ${customerId}::uuid else gen_random_uuid() end,
      ${ctx.userId}, 'x', clock_now() - n * interval '1 hour' from generate_series(1, 20000) n`;
  await db.owner`insert into executions (part, run_number, seq, workspace_id, customer_id, channel, occurrence)
    select ${run.part}, ${run.runNumber}, 1000 + n, ${ctx.workspaceId}, case when n % 40 = 0 then ${customerId}::uuid else gen_random_uuid() end,
      'email', n::text from generate_series(1, 40000) n`;
  await db.owner`insert into execution_results (part, run_number, seq, batch_number, workspace_id, state)
    select part, run_number, seq, 2, workspace_id, 'delivered' from executions where seq > 1000`;
  await db.owner`insert into delivery_events (part, run_number, seq, dedupe_key, workspace_id, kind, occurred_at)
    select part, run_number, seq, 'opened', workspace_id, 'opened', clock_now() from executions where seq > 1000`;
  await db.owner`analyze`;
  const place = { ctx, customerId, from: null, limit: 41, channels: [] };
  const plan = await withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      sql`explain (analyze, buffers, timing off, format json) ${timelineQuery(place, [])}`,
    );
    return row?.["QUERY PLAN"][0].Plan;
  });
  if (!plan) throw new Error("no plan");
  const scans = nodesOf(plan).filter((node) => node["Node Type"] === "Seq Scan");
  const large = ["customer_events", "customer_notes", "executions", "execution_results", "delivery_events"];
  const scanned = scans.map((node) => node["Relation Name"] ?? "");
  expect(scanned.filter((table) => large.some((name) => table.startsWith(name)))).toEqual([]);
  // 1,000 messages are looked up one by one, the rest a page each.
  expect(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]).toBeLessThan(20_000);
  expect((await read({ limit: 40 })).length).toBe(40);
});

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
};
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
