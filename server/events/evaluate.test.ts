import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { childEnvironment, env } from "@/env";
import { ownerIsGone } from "@/server/deliveries/owner";
import type { Context } from "@/server/platform/context";
import { evaluateTouched, freeDeadClaims, type TouchedCustomer } from "./evaluate";
import { touchCustomers } from "./touch";

const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0 seconds");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const touch = (ids: string[], ...kinds: string[]) =>
  withTransaction(ctx, (tx) => touchCustomers(tx, ctx, ids, kinds));
const marks = () => db.owner<{ customer_id: string; kinds: string[] }[]>`
  select customer_id, kinds from touched_customers where workspace_id = ${ctx.workspaceId} order by customer_id`;

/** An evaluator that writes down whom it saw. */
function watcher(during: (touched: TouchedCustomer[]) => Promise<void> = async () => {}) {
  const seen: TouchedCustomer[] = [];
  const evaluate = async (_: Context, touched: TouchedCustomer[]) => {
    seen.push(...touched);
    await during(touched);
  };
  return { seen, options: { evaluators: [{ name: "watcher", evaluate }], owner: "here" } };
}

test("a touched customer is seen once, with everything that happened, and the mark goes", async () => {
  const [one = "", two = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}]);
  await touch([one, two], "profile");
  await touch([one, one], "payment", "policy");
  const { seen, options } = watcher();
  expect(await evaluateTouched(ctx, options)).toBe(2);
  expect(new Map(seen.map((each) => [each.customerId, each.kinds]))).toEqual(
    new Map([
      [one, ["payment", "policy", "profile"]],
      [two, ["profile"]],
    ]),
  );
  expect(await marks()).toEqual([]);
  expect(await evaluateTouched(ctx, options)).toBe(0);
});

test("a touch that is rolled back never was", async () => {
  const [one = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  const failing = withTransaction(ctx, async (tx) => {
    await touchCustomers(tx, ctx, [one], ["profile"]);
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await marks()).toEqual([]);
});

test("whoever is touched during the evaluation is looked at again", async () => {
  const [one = "", two = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}]);
  await touch([one, two], "profile");
  const first = watcher(() => touch([one], "payment"));
  await evaluateTouched(ctx, first.options);
  expect(await marks()).toEqual([{ customer_id: one, kinds: ["payment", "profile"] }]);
  const second = watcher();
  expect(await evaluateTouched(ctx, second.options)).toBe(1);
  expect(second.seen.map((each) => each.customerId)).toEqual([one]);
});

test("whoever is touched again by the same during the evaluation is looked at again", async () => {
  const [one = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  await touch([one], "profile");
  const first = watcher(() => touch([one], "profile"));
  await evaluateTouched(ctx, first.options);
  expect(await marks()).toEqual([{ customer_id: one, kinds: ["profile"] }]);
  expect(await evaluateTouched(ctx, watcher().options)).toBe(1);
});

test("a mark that says it already is not taken before the transaction that touches it again is over", async () => {
  const [one = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  await touch([one], "profile");
  const { seen, options } = watcher();
  await withTransaction(ctx, async (tx) => {
    await touchCustomers(tx, ctx, [one], ["profile"]);
    expect(await evaluateTouched(ctx, options)).toBe(0);
  });
  expect(await evaluateTouched(ctx, options)).toBe(1);
  expect(seen).toEqual([{ customerId: one, kinds: ["profile"] }]);
});

test("two evaluators at once share the customers", async () => {
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 200 }, () => ({})),
  );
  await touch(ids, "profile");
  const watchers = Array.from({ length: 4 }, () => watcher());
  await Promise.all(
    watchers.map(async ({ options }) => {
      while ((await evaluateTouched(ctx, { ...options, most: 7 })) > 0);
    }),
  );
  const seen = watchers.flatMap((each) => each.seen.map(({ customerId }) => customerId));
  expect(seen.sort()).toEqual([...ids].sort());
});

test("what fails is kept, waits a little, and holds up nobody else", async () => {
  const [one = "", two = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}, {}]);
  await touch([one], "profile");
  const broken = watcher(() => Promise.reject(new Error("broken")));
  expect(await evaluateTouched(ctx, broken.options)).toBe(1);
  await touch([two], "profile");
  const { seen, options } = watcher();
  await evaluateTouched(ctx, options);
  expect(seen.map((each) => each.customerId)).toEqual([two]);
  await db.moveClock("6 seconds");
  await evaluateTouched(ctx, options);
  expect(seen.map((each) => each.customerId)).toEqual([two, one]);
  expect(await marks()).toEqual([]);
});

test("one of a batch who breaks an evaluator is found, waits longer each time, and holds up nobody else", async () => {
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 21 }, () => ({})),
  );
  const broken = ids[13] ?? "";
  await touch(ids, "profile");
  const { seen, options } = watcher(async (touched) => {
    if (touched.some(({ customerId }) => customerId === broken)) throw new Error("broken");
  });
  const evaluator = {
    name: "last",
    evaluate: async (_: Context, touched: TouchedCustomer[]) => void last.push(...touched),
  };
  const last: TouchedCustomer[] = [];
  const both = { ...options, evaluators: [...options.evaluators, evaluator] };
  expect(await evaluateTouched(ctx, both)).toBe(21);
  expect((await marks()).map((mark) => mark.customer_id)).toEqual([broken]);
  expect(last.map(({ customerId }) => customerId).sort()).toEqual(ids.filter((id) => id !== broken).sort());
  // After 5 seconds, then after as long as it has waited altogether.
  await db.moveClock("40 seconds");
  expect(await evaluateTouched(ctx, both)).toBe(1);
  await db.moveClock("60 seconds");
  expect(await evaluateTouched(ctx, both)).toBe(0);
  await db.moveClock("120 seconds");
  expect(await evaluateTouched(ctx, watcher().options)).toBe(1);
  expect(await marks()).toEqual([]);
  expect(seen.length).toBeGreaterThan(0);
});

test("a deadlock is nobody's fault: nobody is looked for, and all are tried again in a moment, however long they waited", async () => {
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 8 }, () => ({})),
  );
  await touch(ids, "profile");
  await db.moveClock("10 minutes");
  let times = 0;
  const { options } = watcher(async () => {
    times++;
    await db.owner`do $$ begin raise exception 'lost a race' using errcode = 'deadlock_detected'; end $$`;
  });
  await expect(evaluateTouched(ctx, options)).rejects.toMatchObject({ code: "40P01" });
  expect(times).toBe(1);
  expect(await marks()).toHaveLength(8);
  await db.moveClock("606 seconds");
  expect(await evaluateTouched(ctx, watcher().options)).toBe(8);
  expect(await marks()).toEqual([]);
});

test("a process that comes back after its claim has ended removes nothing that another one holds", async () => {
  const [one = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{}]);
  await touch([one], "profile");
  const other = watcher(() => touch([one], "payment"));
  const late = watcher(async () => {
    await db.moveClock("1 minute");
    await evaluateTouched(ctx, other.options);
  });
  await evaluateTouched(ctx, late.options);
  expect(await marks()).toMatchObject([{ customer_id: one }]);
});

function startChild(): ChildProcess {
  return spawn(
    process.execPath,
    ["--import", "tsx", "server/worker/testing/evaluate-child.ts", ctx.workspaceId],
    {
      env: childEnvironment({ DATABASE_URL: db.url, RINGBACK_DATA_DIR: env.RINGBACK_DATA_DIR }),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

async function killAfter(child: ChildProcess, batches: number): Promise<void> {
  let seen = 0;
  for await (const piece of child.stdout ?? []) {
    seen += String(piece).split("\n").length - 1;
    if (seen >= batches) break;
  }
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

test("kill -9 in the middle leaves nobody unseen, and a dead process's claims are free at once", async () => {
  await db.owner`create table seen (customer_id uuid primary key, times int not null default 1)`;
  await db.owner`grant all on seen to ringback_app`;
  const ids = await makeCustomers(
    db.owner,
    ctx.workspaceId,
    Array.from({ length: 3_000 }, () => ({})),
  );
  await touch(ids, "profile");
  for (const batches of [1, 4, 2]) await killAfter(startChild(), batches);
  await freeDeadClaims(ctx, ownerIsGone);
  const [held] = await db.owner`
    select count(*)::int as n from touched_customers where workspace_id = ${ctx.workspaceId} and claimed_by is not null`;
  expect(held?.n).toBe(0);
  const child = startChild();
  child.stdout?.resume();
  await once(child, "exit");
  expect(await marks()).toEqual([]);
  const rows = await db.owner<{ times: number }[]>`select times from seen`;
  expect(rows).toHaveLength(ids.length);
  // Each kill may repeat the one batch that was under way.
  expect(rows.filter((row) => row.times > 1).length).toBeLessThanOrEqual(150);
}, 60_000);
