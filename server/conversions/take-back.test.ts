import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { ingestEvents } from "@/server/events/ingest";
import type { Context } from "@/server/platform/context";
import { makeLedgerRun } from "@/server/tracking/testing/ledger";
import { recordConversions } from "./record";
import { measure, people, rollupsAndRecount, touch } from "./testing/touched";

const db = await testDatabase();
let admin: Context & { userId: string };
let workspaceId: string;

beforeEach(async () => {
  workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
  const [customer = ""] = await people(db.owner, workspaceId, 1);
  await db.setClock("2026-06-20T12:00:00Z");
  const run = await measure(
    db.owner,
    await makeLedgerRun(db.owner, workspaceId, { size: 0 }),
    { event: "payment_received", days: 180 },
    [customer],
  );
  await touch(db.owner, run, { customer, kind: "delivered", at: "2026-01-01T10:00:00Z" });
});

type Told = { on: string; amount?: number; policy?: string };

const tell =
  (name: string) =>
  async (id: string, { on, amount, policy = "P1" }: Told) =>
    ingestEvents(admin, {
      events: [
        {
          id,
          name,
          customer: { external_id: "C1" },
          occurred_at: `${on}T10:00:00Z`,
          properties: { policy_number: policy, ...(amount === undefined ? {} : { amount }) },
        },
      ],
    });
const paid = tell("payment_received");
const bounced = tell("payment_bounced");

/** By day, whether each conversion counts; the roll-ups say the same. */
const counting = async () => {
  const [stored, recounted] = await rollupsAndRecount(db.owner, workspaceId);
  expect(stored).toEqual(recounted);
  const rows = await db.owner`select discounted_for is null as counts from conversions
    where workspace_id = ${workspaceId} order by occurred_at, id`;
  return rows.map(({ counts }) => counts);
};

describe("a payment that bounces", () => {
  test("takes no conversion of months ago back", async () => {
    await paid("1", { on: "2026-02-01", amount: 500 });
    await bounced("b", { on: "2026-06-01", amount: 500 });
    expect(await counting()).toEqual([true]);
  });

  test("takes the one with its amount back, and any where it names none", async () => {
    await paid("1", { on: "2026-06-01", amount: 500 });
    await paid("2", { on: "2026-06-02", amount: 700 });
    await bounced("b1", { on: "2026-06-03", amount: 500 });
    expect(await counting()).toEqual([false, true]);
    await bounced("b2", { on: "2026-06-04", amount: 900 });
    expect(await counting()).toEqual([false, true]);
    await bounced("b3", { on: "2026-06-05" });
    expect(await counting()).toEqual([false, false]);
  });

  test("and is told twice takes one back", async () => {
    await paid("1", { on: "2026-06-01", amount: 500 });
    await paid("2", { on: "2026-06-02", amount: 500 });
    await bounced("b", { on: "2026-06-03", amount: 500 });
    await bounced("the same", { on: "2026-06-03", amount: 500 });
    expect(await counting()).toEqual([true, false]);
  });

  test("twice, after it was paid again, takes both back", async () => {
    await paid("1", { on: "2026-06-01" });
    await bounced("b1", { on: "2026-06-03" });
    await paid("2", { on: "2026-06-05" });
    expect(await counting()).toEqual([false, true]);
    await bounced("b2", { on: "2026-06-07" });
    expect(await counting()).toEqual([false, false]);
  });
});

describe("a payment that is told after its bounce", () => {
  test("does not count, whichever way it is told", async () => {
    await bounced("b1", { on: "2026-06-03", amount: 500 });
    await bounced("b2", { on: "2026-06-03", amount: 800, policy: "P2" });
    await paid("1", { on: "2026-06-01", amount: 500 });
    expect(await counting()).toEqual([false]);
    const one = { customer: { external_id: "C1" }, value: 800, policy_number: "P2" };
    await recordConversions(admin, { conversions: [{ ...one, occurred_at: "2026-06-02T10:00:00Z" }] });
    expect(await counting()).toEqual([false, false]);
  });

  test("counts when the bounce took another one back, or came before it", async () => {
    await paid("1", { on: "2026-06-01", amount: 500 });
    await bounced("b", { on: "2026-06-04", amount: 500 });
    await paid("late", { on: "2026-06-02", amount: 500 });
    await paid("again", { on: "2026-06-05", amount: 500 });
    await paid("of another policy", { on: "2026-06-03", amount: 500, policy: "P2" });
    expect(await counting()).toEqual([false, true, true, true]);
  });
});
