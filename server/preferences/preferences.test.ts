import { beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/(public)/preferences/[token]/route";
import { POST as unsubscribeDoor } from "@/app/(public)/unsubscribe/[token]/route";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { suppressAddress } from "@/server/consent";
import { unsubscribeUrl } from "@/server/deliveries";
import { systemContext } from "@/server/platform/context";
import { makeSentRun, type SentRun } from "@/server/tracking/testing/sent-run";
import { customerPreferencesUrl } from ".";

const db = await testDatabase();
let workspaceId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner, "Suraksha <Insurance>");
});

const tokenIn = (url: string) => url.split("/").at(-1) ?? "";
const own = (customerId: string | undefined) =>
  tokenIn(customerPreferencesUrl({ workspaceId, customerId: customerId ?? "" }));
const messageToken = (run: SentRun) => tokenIn(unsubscribeUrl(run.publicIds[0] ?? ""));

const ask = (
  door: typeof GET,
  token: string,
  given: { search?: string; form?: string; address?: string } = {},
) =>
  door(
    new Request(`https://ringback.test/preferences/${token}${given.search ?? ""}`, {
      headers: {
        "x-forwarded-for": given.address ?? "203.0.113.9",
        ...(given.form !== undefined && { "content-type": "application/x-www-form-urlencoded" }),
      },
      ...(given.form !== undefined && { method: "POST", body: given.form }),
    }),
    { params: Promise.resolve({ token }) },
  );
const page = async (token: string, search = "") => (await ask(GET, token, { search })).text();
const press = (token: string, form: string) => ask(POST, token, { form });

const states = async (customerId: string | undefined) =>
  Object.fromEntries(
    (
      await db.owner`
        select purpose || '.' || channel as key, granted from consent_states where customer_id = ${customerId ?? ""} order by 1`
    ).map((row) => [row.key, row.granted]),
  );
const ledger = async (customerId: string | undefined) => [
  ...(await db.owner`
    select channel, purpose, action, source, text_shown, evidence, actor_kind from consents
    where customer_id = ${customerId ?? ""} order by id`),
];
const everything = async () => [
  ...(await db.owner`
    select (select count(*) from consents)::int as consents, (select count(*) from consent_states)::int as states,
      (select count(*) from delivery_events)::int as events, (select count(*) from audit_entries)::int as audit,
      (select count(*) from suppressions)::int as suppressions, (select coalesce(sum(version), 0) from topic_versions)::int as topics`),
];
const ticked = (html: string) =>
  [...html.matchAll(/name="allowed" value="([a-z._]+)" checked/g)].map((match) => match[1]);

describe("the page", () => {
  test("changes nothing when it is read, by the customer's own link and by a message's", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const before = await everything();
    for (const token of [own(run.customerIds[0]), messageToken(run)])
      for (const search of ["", "?lang=hi", "?notice=stopped", "?lang=x&notice=y"])
        expect((await ask(GET, token, { search })).status).toBe(200);
    expect(await everything()).toEqual(before);
  });

  test("shows every channel that reaches the customer for both purposes, hides the addresses, and needs no script", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    await db.owner`
      insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros, currency, payment_mode, start_date)
      values (gen_random_uuid(), ${workspaceId}, ${run.customerIds[0] ?? ""}, ${run.campaignId}, 'term', 'Term', 'in_force', 1, 'INR', 'yearly', '2025-01-01')`;
    const html = await page(own(run.customerIds[0]));
    expect([...html.matchAll(/name="allowed" value="([a-z._]+)"/g)]).toHaveLength(8);
    expect(ticked(html)).toEqual([
      "promotional.sms",
      "service.email",
      "service.sms",
      "service.whatsapp",
      "service.call",
    ]);
    expect(html).toContain("Suraksha &#60;Insurance&#62;");
    expect(html).not.toContain("<Insurance>");
    expect(html).not.toContain(run.addresses[0]);
    expect(html).not.toContain("<script");
    expect(html).toContain("About your policies: by E-mail, SMS, WhatsApp and Phone calls.");
  });

  test("speaks the customer's language, and the other one when asked", async () => {
    const [id] = await makeCustomers(db.owner, workspaceId, [{ language: "hi" }]);
    expect(await page(own(id))).toContain('<html lang="hi">');
    expect(await page(own(id))).toContain("ऑफ़र और समाचार");
    expect(await page(own(id), "?lang=en")).toContain("Offers and news");
  });

  test("a forged link, another customer's tag, and an erased customer get the same answer", async () => {
    const [one, two, gone] = await makeCustomers(db.owner, workspaceId, [{}, {}, {}]);
    await db.owner`update customers set erased_at = clock_now() where id = ${gone ?? ""}`;
    const [kind, , tag] = own(one).split(".");
    const [, body] = own(two).split(".");
    const before = await everything();
    for (const token of ["none", `${kind}.${body}.${tag}`, "c..", `${own(one)}x`, own(gone)]) {
      const answers = [await ask(GET, token), await press(token, "language=en&action=stop")];
      expect(answers.map((answer) => answer.status)).toEqual([404, 404]);
    }
    expect(await everything()).toEqual(before);
  });
});

describe("saving", () => {
  test("writes what was moved, and only that, with the sentence that stood beside it", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const [id] = run.customerIds;
    const answer = await press(
      own(id),
      "language=en&action=save&was=promotional.sms&allowed=promotional.email&allowed=service.sms",
    );
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `/preferences/${own(id)}?lang=en&notice=saved`,
    ]);
    expect(await states(id)).toEqual({
      "promotional.email": true,
      "promotional.sms": false,
      "service.sms": true,
    });
    expect(await ledger(id)).toEqual([
      {
        channel: "email",
        purpose: "promotional",
        action: "granted",
        source: "preferences",
        text_shown: "Offers and news from Suraksha <Insurance> by E-mail",
        evidence: { language: "en", way: "save" },
        actor_kind: "customer",
      },
      expect.objectContaining({ channel: "sms", purpose: "promotional", action: "withdrawn" }),
      expect.objectContaining({ channel: "sms", purpose: "service", action: "granted" }),
    ]);
  });

  test("a page that was left open does not undo a STOP that was said meanwhile", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const [id] = run.customerIds;
    await press(own(id), "language=en&action=stop");
    const stale = await press(
      own(id),
      "language=en&action=save&was=promotional.sms&allowed=promotional.sms&allowed=service.email",
    );
    expect(stale.headers.get("location")).toContain("notice=saved");
    expect((await states(id))["promotional.sms"]).toBe(false);
  });

  test("the same again says that nothing changed, and writes nothing", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const [id] = run.customerIds;
    await press(own(id), "language=en&action=stop");
    const before = await everything();
    expect((await press(own(id), "language=en&action=stop")).headers.get("location")).toContain("same");
    expect((await everything())[0]).toEqual({ ...before[0], topics: expect.any(Number) });
  });

  test("a box for a channel without an address grants nothing", async () => {
    const [id] = await makeCustomers(db.owner, workspaceId, [{ phone: null }]);
    await press(own(id), "language=en&action=save&allowed=promotional.sms&allowed=promotional.none");
    expect(await states(id)).toEqual({});
  });

  test("allows an address again that an opt-out had put on the list, and not one that bounced", async () => {
    const ctx = systemContext(workspaceId);
    const [id] = await makeCustomers(db.owner, workspaceId, [
      { email: "bounced@example.test", phone: "+919812300001" },
    ]);
    await withTransaction(ctx, async (tx) => {
      const entry = { reason: "hard_bounce", origin: "test" } as const;
      await suppressAddress(tx, ctx, { channel: "email", address: "bounced@example.test", ...entry });
      await suppressAddress(tx, ctx, {
        channel: "sms",
        address: "+919812300001",
        origin: "import",
        reason: "unsubscribed",
      });
    });
    await press(own(id), "language=en&action=save&allowed=promotional.email&allowed=promotional.sms");
    const left =
      await db.owner`select channel, reason from suppressions where address_hint like '%bounced%' or address_hint like 'b•••%' or address_hint = '+91•••0001'`;
    expect([...left]).toEqual([{ channel: "email", reason: "hard_bounce" }]);
    expect(await page(own(id))).toContain("a message came back, or was reported");
  });
});

describe("stopping everything", () => {
  test("withdraws promotion on all four channels, keeps service, and counts for the message that led here", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { channel: "email" });
    const [id] = run.customerIds;
    await press(messageToken(run), "language=hi&action=stop");
    expect(await states(id)).toEqual({
      "promotional.call": false,
      "promotional.email": false,
      "promotional.sms": false,
      "promotional.whatsapp": false,
    });
    const entries = await ledger(id);
    expect(entries[0]).toMatchObject({
      text_shown: "Suraksha <Insurance> से ऑफ़र और समाचार: ई-मेल द्वारा",
      evidence: { execution: run.publicIds[0], campaignId: run.campaignId, language: "hi", way: "stop" },
    });
    const [figures] =
      await db.owner`select sum(unsubscribed)::int as unsubscribed from run_rollups where run_number = ${run.runNumber}`;
    expect(figures).toEqual({ unsubscribed: 1 });
    const html = await page(messageToken(run), "?lang=hi&notice=stopped");
    expect(html).toContain("हो गया");
    expect(html).not.toContain('value="stop"');
  });

  test("a made-up address does not let the page say that it was done", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    expect(await page(own(run.customerIds[0]), "?notice=stopped")).not.toContain("Done.");
  });
});

describe("the doors", () => {
  test("a link's changes are limited, at both doors together, and say when to come back", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { channel: "email" });
    const token = messageToken(run);
    const answers: number[] = [];
    for (let nth = 0; nth < 16; nth++) {
      answers.push((await press(token, "language=en&action=stop")).status);
      answers.push((await ask(unsubscribeDoor, token, { form: "List-Unsubscribe=One-Click" })).status);
    }
    expect(answers.filter((status) => status === 429)).toHaveLength(2);
    const refused = await press(token, "language=en&action=stop");
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.text()).toContain("Too many tries");
  });

  test("one provider may press a thousand customers' buttons; who guesses links from one address must wait", async () => {
    const run = await makeSentRun(db.owner, workspaceId, { channel: "email", size: 70 });
    for (const publicId of run.publicIds) {
      const form = "List-Unsubscribe=One-Click";
      expect((await ask(unsubscribeDoor, tokenIn(unsubscribeUrl(publicId)), { form })).status).toBe(200);
    }
    const guesses: number[] = [];
    for (let nth = 0; nth < 62; nth++)
      guesses.push((await ask(GET, `guess-${nth}`, { address: "198.51.100.7" })).status);
    expect(guesses.filter((status) => status === 429)).toHaveLength(2);
    expect((await ask(GET, own(run.customerIds[0]), { address: "198.51.100.7" })).status).toBe(200);
  });

  test("a body larger than any form of ours is not read to its end", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++;
        controller.enqueue(new Uint8Array(1_000).fill(97));
      },
    });
    const token = own(run.customerIds[0]);
    const request = new Request(`https://ringback.test/preferences/${token}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
      duplex: "half",
    } as RequestInit);
    expect((await POST(request, { params: Promise.resolve({ token }) })).status).toBe(400);
    expect(pulled).toBeLessThan(20);
  });
});
