import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { streamTopics } from "./stream-topics";

const db = await testDatabase();
let ctx: Context;
let other: Context;

beforeAll(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  other = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const bump = (who: Context, ...topics: string[]) =>
  withTransaction(who, (tx) => bumpTopics(tx, who, ...topics));

test("a tab first re-reads everything, then hears of its own workspace's topics only", async () => {
  const stream = streamTopics(ctx, undefined);
  expect((await stream.next()).value).toEqual(["*"]);
  await bump(other, "campaigns");
  await bump(ctx, "campaigns", "campaign:1");
  expect([...((await stream.next()).value ?? [])].sort()).toEqual(["campaign:1", "campaigns"]);
  await stream.return(undefined);
});

test("after the database connection is lost the tab re-reads everything and hears on", async () => {
  const stream = streamTopics(ctx, undefined);
  await stream.next();
  const next = stream.next();
  await db.owner`select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and query ilike 'listen%'`;
  expect((await next).value).toEqual(["*"]);
  await bump(ctx, "imports");
  expect((await stream.next()).value).toEqual(["imports"]);
  await stream.return(undefined);
});

test("a closed tab ends its stream", async () => {
  const closing = new AbortController();
  const stream = streamTopics(ctx, closing.signal);
  await stream.next();
  const next = stream.next();
  closing.abort();
  expect((await next).done).toBe(true);
});
