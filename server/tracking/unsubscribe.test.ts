import { beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/(public)/unsubscribe/[token]/route";
import { testDatabase } from "@/db/testing/database";
import { makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { recordConsent } from "@/server/consent";
import { unsubscribeUrl } from "@/server/deliveries";
import { decide } from "@/server/deliveries/decide";
import { openFacts } from "@/server/deliveries/testing/facts";
import { systemContext } from "@/server/platform/context";
import { type LedgerRun, makeLedgerRun, rollups } from "./testing/ledger";

const db = await testDatabase();
let workspaceId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
});

const tokenOf = (run: LedgerRun, index = 0) =>
  unsubscribeUrl(run.publicIds[index] ?? "")
    .split("/")
    .at(-1) ?? "";
const params = (token: string) => ({ params: Promise.resolve({ token }) });
const address = (token: string) => `https://ringback.test/unsubscribe/${token}`;
const get = (token: string) => GET(new Request(address(token)), params(token));
const post = (token: string, body: string) =>
  POST(
    new Request(address(token), {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
    }),
    params(token),
  );
const oneClick = (token: string) => post(token, "List-Unsubscribe=One-Click");

const ledger = async (customerId: string | undefined) => [
  ...(await db.owner`
    select channel, purpose, action, source, text_shown from consents where customer_id = ${customerId ?? ""} order by id`),
];
const everything = async () => [
  ...(await db.owner`
    select (select count(*) from consents)::int as consents, (select count(*) from consent_states)::int as states,
      (select count(*) from delivery_events)::int as events, (select count(*) from audit_entries)::int as audit,
      (select count(*) from suppressions)::int as suppressions, (select coalesce(sum(version), 0) from topic_versions)::int as topics,
      (select coalesce(sum(unsubscribed), 0) from run_rollups)::int as unsubscribed`),
];

describe("the page", () => {
  test("changes nothing when it is read, however often and by whom", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const before = await everything();
    const answers = await Promise.all([get(tokenOf(run)), get(tokenOf(run)), get("forged.token")]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 404]);
    expect(await everything()).toEqual(before);
  });

  test("names the sender, hides the address, speaks Hindi too and has one button", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const html = await (await get(tokenOf(run))).text();
    expect(html).toContain("Suraksha &#60;Insurance&#62;");
    expect(html).not.toContain("<Insurance>");
    expect(html).not.toContain(`${run.customerIds[0]}@example.test`);
    expect(html).toContain("•••@example.test");
    expect(html).toContain('lang="hi"');
    expect(html.match(/<button/g)).toHaveLength(1);
    expect(html).not.toContain("<script");
  });
});

describe("one click", () => {
  test("withdraws promotion on the channel, and nothing else; the answer is not a redirect", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const answer = await oneClick(tokenOf(run));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("You will not get offers");
    expect(await ledger(run.customerIds[0])).toEqual([
      {
        channel: "email",
        purpose: "promotional",
        action: "withdrawn",
        source: "unsubscribe_link",
        text_shown: null,
      },
    ]);
    const states =
      await db.owner`select purpose, granted from consent_states where customer_id = ${run.customerIds[0] ?? ""}`;
    expect([...states]).toEqual([{ purpose: "promotional", granted: false }]);
    const suppressed = await db.owner`select channel, reason, origin from suppressions`;
    expect([...suppressed]).toEqual([
      { channel: "email", reason: "unsubscribed", origin: "unsubscribe_link" },
    ]);
    const facts = { purpose: "service", suppressed: "unsubscribed", consent: null, hasPolicy: true } as const;
    expect(decide(openFacts(facts))).toBeNull();
    expect(decide(openFacts({ ...facts, purpose: "promotional" }))?.verdict.reason).toBe("suppressed");
  });

  test("twice, and many at once, is one withdrawal, one event and one opt-out", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    await oneClick(tokenOf(run));
    await Promise.all(Array.from({ length: 10 }, () => oneClick(tokenOf(run))));
    expect(await ledger(run.customerIds[0])).toHaveLength(1);
    expect(await rollups(db.owner, run.runNumber)).toMatchObject({ unsubscribed: 1 });
    const events =
      await db.owner`select kind, first from delivery_events where run_number = ${run.runNumber}`;
    expect([...events]).toEqual([{ kind: "unsubscribed", first: true }]);
    const audit = await db.owner`
      select actor_kind, actor_id, action from audit_entries where subject_id = ${run.customerIds[0] ?? ""}`;
    expect([...audit]).toEqual([
      { actor_kind: "customer", actor_id: run.customerIds[0], action: "consent.withdrawn" },
    ]);
  });

  test("as a multipart form works too", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const body = new FormData();
    body.set("List-Unsubscribe", "One-Click");
    const token = tokenOf(run);
    const answer = await POST(new Request(address(token), { method: "POST", body }), params(token));
    expect(answer.status).toBe(200);
    expect(await ledger(run.customerIds[0])).toHaveLength(1);
  });

  test("with a forged token, with the token of a pixel, or without the agreed body, changes nothing", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const before = await everything();
    expect((await oneClick(run.publicIds[0] ?? "")).status).toBe(404);
    expect((await oneClick(`${tokenOf(run).slice(0, -2)}AA`)).status).toBe(404);
    expect((await post(tokenOf(run), "")).status).toBe(400);
    expect((await post(tokenOf(run), "action=grant")).status).toBe(400);
    expect(await everything()).toEqual(before);
  });

  test("counts for the message that changed something, not for a second one", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const ctx = systemContext(workspaceId);
    await withTransaction(ctx, (tx) =>
      recordConsent(tx, ctx, {
        customerId: run.customerIds[0] ?? "",
        channel: "email",
        purpose: "promotional",
        action: "withdrawn",
        source: "reply",
      }),
    );
    expect((await oneClick(tokenOf(run))).status).toBe(200);
    expect(await rollups(db.owner, run.runNumber)).toMatchObject({ unsubscribed: 0 });
  });
});

describe("taking it back", () => {
  test("on the page appends a consent with the words that were pressed; the opt-out stays counted once", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId);
    const stop = await post(tokenOf(run), "action=stop");
    expect([stop.status, stop.headers.get("location")]).toEqual([303, `/unsubscribe/${tokenOf(run)}`]);
    await post(tokenOf(run), "action=resume");
    expect((await ledger(run.customerIds[0])).map((entry) => [entry.action, entry.text_shown])).toEqual([
      ["withdrawn", "Stop offers and news from Suraksha <Insurance> by e-mail"],
      ["granted", "Send me offers and news from Suraksha <Insurance> by e-mail again"],
    ]);
    await post(tokenOf(run), "action=stop");
    expect(await ledger(run.customerIds[0])).toHaveLength(3);
    expect(await rollups(db.owner, run.runNumber)).toMatchObject({ unsubscribed: 1 });
  });

  test("never undoes a STOP that was said elsewhere, nor makes consent out of nothing", async () => {
    const run = await makeLedgerRun(db.owner, workspaceId, { size: 2 });
    const ctx = systemContext(workspaceId);
    const stop = { channel: "email", purpose: "promotional", action: "withdrawn", source: "reply" } as const;
    await withTransaction(ctx, (tx) =>
      recordConsent(tx, ctx, { ...stop, customerId: run.customerIds[0] ?? "" }),
    );
    for (const index of [0, 1]) {
      const answer = await post(tokenOf(run, index), "action=resume");
      expect(answer.headers.get("location")).toContain("notice=changed_since");
    }
    const granted = await db.owner`
      select 1 from consents where customer_id = any(${run.customerIds}::uuid[]) and action = 'granted'`;
    expect(granted).toHaveLength(0);
  });
});
