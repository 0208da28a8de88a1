import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { grantConsent, withdrawConsent } from "./change-by-hand";
import { getCoverage } from "./coverage";
import { getCustomerConsent } from "./get-customer-consent";
import { listChanges } from "./list-changes";

const db = await testDatabase();
let workspaceId: string;
let marketer: Context;
let customerId: string;
beforeAll(async () => {
  workspaceId = await makeWorkspace(db.owner);
  marketer = await makeMember(db.owner, workspaceId, "marketer");
});
beforeEach(async () => {
  [customerId = ""] = await makeCustomers(db.owner, workspaceId, [{ phone: "+919812345678" }]);
});

const promotional = { channel: "email", purpose: "promotional" } as const;
const granted = () => ({
  ...promotional,
  customerId,
  source: "form" as const,
  textShown: "Yes, send me offers by e-mail.",
  evidence: "Form 4711",
});
const refused = (code: string) => expect.objectContaining({ code });

describe("the ledger", () => {
  test("cannot be changed or emptied: the database refuses", async () => {
    await grantConsent(marketer, granted());
    for (const statement of [
      sql`update consents set action = 'withdrawn'`,
      sql`update consents set evidence = '{}'`,
      sql`delete from consents`,
      sql`truncate consents`,
    ])
      await expect(withTransaction(marketer, (tx) => tx.execute(statement))).rejects.toMatchObject({
        cause: expect.objectContaining({ code: "42501" }),
      });
    expect(await db.owner`select 1 from consents where customer_id = ${customerId}`).toHaveLength(1);
  });

  test("keeps who wrote what down, with the words, the source and where the proof lies", async () => {
    await grantConsent(marketer, granted());
    await withdrawConsent(marketer, { ...promotional, customerId });
    const { history, standings } = await getCustomerConsent(marketer, { customerId });
    expect(
      history.map(({ action, source, textShown, evidence, actorName }) => ({
        action,
        source,
        textShown,
        evidence,
        actorName,
      })),
    ).toEqual([
      { action: "withdrawn", source: "staff", textShown: null, evidence: {}, actorName: "A marketer" },
      {
        action: "granted",
        source: "form",
        textShown: "Yes, send me offers by e-mail.",
        evidence: { reference: "Form 4711" },
        actorName: "A marketer",
      },
    ]);
    expect(
      standings.find((each) => each.channel === "email" && each.purpose === "promotional"),
    ).toMatchObject({
      state: "withdrawn",
      source: "staff",
    });
    const audit = await db.owner`
      select action, "after" from audit_entries where subject_id = ${customerId} order by id`;
    expect(audit.map((entry) => entry.action)).toEqual(["consent.granted", "consent.withdrawn"]);
    expect(JSON.stringify(audit)).not.toContain("4711");
  });

  test("a grant asks for the words and the proof; one that stands already is refused; a withdrawal asks for nothing", async () => {
    await expect(grantConsent(marketer, { ...granted(), evidence: "" })).rejects.toThrow();
    await expect(grantConsent(marketer, { ...granted(), textShown: "" })).rejects.toThrow();
    await grantConsent(marketer, granted());
    await expect(grantConsent(marketer, granted())).rejects.toEqual(refused("CONFLICT"));
    await withdrawConsent(marketer, { ...promotional, customerId });
    await withdrawConsent(marketer, { ...promotional, customerId });
    expect(await db.owner`select 1 from consents where customer_id = ${customerId}`).toHaveLength(2);
  });

  test("a grant with evidence takes the address off the list where an opt-out had put it", async () => {
    await grantConsent(marketer, granted());
    await withdrawConsent(marketer, { ...promotional, customerId });
    expect((await getCustomerConsent(marketer, { customerId })).suppressed).toMatchObject([
      { channel: "email", reason: "unsubscribed" },
    ]);
    await grantConsent(marketer, granted());
    expect((await getCustomerConsent(marketer, { customerId })).suppressed).toEqual([]);
  });

  test("a policyholder's contract allows service until it is withdrawn; promotion is never assumed", async () => {
    const state = async (purpose: string) =>
      (await getCustomerConsent(marketer, { customerId })).standings.find(
        (each) => each.channel === "sms" && each.purpose === purpose,
      )?.state;
    expect([await state("service"), await state("promotional")]).toEqual(["none", "none"]);
    await db.owner`
      insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros, currency, payment_mode, start_date)
      values (${newId()}, ${workspaceId}, ${customerId}, ${customerId}, 'term', 'Term', 'in_force', 1, 'INR', 'yearly', '2025-01-01')`;
    expect([await state("service"), await state("promotional")]).toEqual(["contract", "none"]);
    await withdrawConsent(marketer, { customerId, channel: "sms", purpose: "service" });
    expect(await state("service")).toBe("withdrawn");
  });

  test("is read and changed by those who may: an advisor in the own book, an agent never, nobody in another workspace", async () => {
    const advisor = await makeMember(db.owner, workspaceId, "advisor");
    const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "admin");
    const agent = await makeMember(db.owner, workspaceId, "agent");
    for (const [who, code] of [
      [advisor, "NOT_FOUND"],
      [stranger, "NOT_FOUND"],
      [agent, "FORBIDDEN"],
    ] as const) {
      await expect(getCustomerConsent(who, { customerId })).rejects.toEqual(refused(code));
      await expect(withdrawConsent(who, { ...promotional, customerId })).rejects.toEqual(refused(code));
      await expect(grantConsent(who, granted())).rejects.toEqual(refused(code));
    }
    await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${customerId}`;
    await grantConsent(advisor, granted());
    await expect(getCoverage(agent)).rejects.toEqual(refused("FORBIDDEN"));
    await expect(listChanges(advisor, {})).rejects.toEqual(refused("FORBIDDEN"));
    await expect(withdrawConsent(marketer, { ...promotional, customerId: "nonsense" })).rejects.toEqual(
      refused("NOT_FOUND"),
    );
  });
});

describe("the ledger as a whole", () => {
  test("counts every customer once for each channel and purpose, as a recount does", async () => {
    const own = await makeWorkspace(db.owner);
    const admin = await makeMember(db.owner, own, "admin");
    const ids = await makeCustomers(db.owner, own, 5);
    await db.owner`
      insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros, currency, payment_mode, start_date)
      select id, ${own}, id, id::text, 'term', 'Term', 'in_force', 1, 'INR', 'yearly', '2025-01-01' from unnest(${ids.slice(0, 3)}::uuid[]) as t (id)`;
    await db.owner`
      insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
      select ${own}, ids[n], 'email', p, n <= 2 from (select ${ids}::uuid[] as ids) t, generate_series(1, 4) n, unnest(array['promotional', 'service']) p
      where not (p = 'service' and n = 2)`;
    await db.owner`update customers set erased_at = clock_now() where id = ${ids[4] ?? ""}`;
    const { customers, lines } = await getCoverage(admin);
    expect(customers).toBe(4);
    const line = (channel: string, purpose: string) =>
      lines.find((each) => each.channel === channel && each.purpose === purpose);
    expect(line("email", "promotional")).toMatchObject({
      granted: 2,
      withdrawn: 2,
      byContract: 0,
      silent: 0,
    });
    expect(line("email", "service")).toMatchObject({ granted: 1, withdrawn: 2, byContract: 1, silent: 0 });
    expect(line("sms", "service")).toMatchObject({ granted: 0, withdrawn: 0, byContract: 3, silent: 1 });
    for (const { granted: yes, withdrawn, byContract, silent } of lines)
      expect(yes + withdrawn + byContract + silent).toBe(customers);
  });

  test("pages the changes both ways without gaps or repeats, and narrows them", async () => {
    const own = await makeWorkspace(db.owner);
    const admin = await makeMember(db.owner, own, "admin");
    const ids = await makeCustomers(db.owner, own, 60);
    for (const id of ids) await grantConsent(admin, { ...granted(), customerId: id });
    const first = await listChanges(admin, {});
    const second = await listChanges(admin, { after: first.next });
    const back = await listChanges(admin, { before: second.previous });
    expect([first.rows.length, second.rows.length]).toEqual([50, 10]);
    expect(new Set([...first.rows, ...second.rows].map((row) => row.customerId)).size).toBe(60);
    expect(back.rows).toEqual(first.rows);
    expect((await listChanges(admin, { action: ["withdrawn"] })).rows).toEqual([]);
    expect((await listChanges(admin, { channel: ["email"], source: ["form"], days: "1" })).rows).toHaveLength(
      50,
    );
    expect(first.sources).toEqual(["form"]);
  });
});
