import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { appendReaction, type Reaction } from "./append-reaction";
import { discountReaction } from "./discount-reaction";
import { type LedgerRun, makeLedgerRun } from "./testing/ledger";

const db = await testDatabase();
let ctx: Context;
let run: LedgerRun;

beforeEach(async () => {
  await db.setClock("2026-11-25T07:05:00Z");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  run = await makeLedgerRun(db.owner, ctx.workspaceId);
});

const keyOf = () => ({ part: run.part, runNumber: run.runNumber, seq: 1 });
const times = { early: "2026-11-25T06:32:00Z", middle: "2026-11-25T06:40:00Z", late: "2026-11-25T06:47:00Z" };
type Name = keyof typeof times;

const tell = (kind: Reaction["kind"], name: Name) =>
  withTransaction(ctx, (tx) =>
    appendReaction(tx, keyOf(), {
      kind,
      dedupeKey: `${kind}:${name}`,
      detail: { responseId: name },
      occurredAt: new Date(times[name]),
    }),
  );

/** The roll-ups by quarter, and who counts, with the rows in the order of their times. */
async function counted(kind: Reaction["kind"]) {
  const rolled = await db.owner<{ at: string; n: number }[]>`
    select to_char(bucket at time zone 'UTC', 'HH24:MI') as at, ${db.owner(kind)} as n from run_rollups
    where run_number = ${run.runNumber} and ${db.owner(kind)} <> 0 order by bucket`;
  const rows = await db.owner<{ name: string; first: boolean }[]>`
    select split_part(dedupe_key, ':', 2) as name, first from delivery_events
    where run_number = ${run.runNumber} and kind = ${kind} order by occurred_at`;
  return {
    rolled: rolled.map(({ at, n }) => `${at} ${n}`),
    rows: rows.map(({ name, first }) => (first ? `${name} counts` : name)),
  };
}

const orders: Name[][] = [
  ["early", "middle", "late"],
  ["early", "late", "middle"],
  ["middle", "early", "late"],
  ["middle", "late", "early"],
  ["late", "early", "middle"],
  ["late", "middle", "early"],
];
const kinds: Reaction["kind"][] = ["replied", "unsubscribed", "complained"];

test.each(kinds.flatMap((kind) => orders.map((order) => ({ kind, order, told: order.join(", ") }))))(
  "who $kind counts once, in the quarter of the first time, told as $told",
  async ({ kind, order }) => {
    const adds = [];
    for (const name of order) adds.push(await tell(kind, name));
    expect(adds).toEqual([true, false, false]);
    const wanted = { rolled: ["06:30 1"], rows: ["early counts", "middle", "late"] };
    expect(await counted(kind)).toEqual(wanted);
    // Told again, nothing moves.
    for (const name of order) expect(await tell(kind, name)).toBe(false);
    expect(await counted(kind)).toEqual(wanted);
  },
);

test("all told at once, the first time counts", async () => {
  await tell("replied", "late");
  await Promise.all(
    (["middle", "early", "late", "early", "middle"] as const).map((name) => tell("replied", name)),
  );
  expect(await counted("replied")).toEqual({ rolled: ["06:30 1"], rows: ["early counts", "middle", "late"] });
});

test("what was found to be no reply counts no more when it is told again, though it was earlier", async () => {
  await tell("replied", "late");
  await tell("replied", "early");
  expect(
    await withTransaction(ctx, (tx) =>
      discountReaction(tx, keyOf(), { kind: "replied", responseId: "early" }),
    ),
  ).toBe(true);
  await tell("replied", "early");
  expect(await counted("replied")).toEqual({ rolled: ["06:45 1"], rows: ["early", "late counts"] });
});
