import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { withHotTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { listPrices } from "./list-prices";
import { priceFor } from "./price-for";
import { removePrice, setPrice, toMicros } from "./set-price";

const db = await testDatabase();
let ctx: Context;
beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const kind = { channel: "sms", provider: "msg91", category: "part", country: "IN" } as const;
const price = (validFrom: string, amount: string, tax = "18") =>
  setPrice(ctx, { ...kind, price: amount, currency: "INR", tax, validFrom });
const on = (day: string) =>
  withHotTransaction(ctx.workspaceId, (sql) =>
    priceFor(sql, { ...kind, workspaceId: ctx.workspaceId, on: day }),
  );
const mine = async () => (await listPrices(ctx)).prices.filter(({ provider }) => provider === "msg91");

test("a new price counts from its day on, and the old one for the days before", async () => {
  await price("2099-01-01", "0.2105");
  expect(await on("2098-12-31")).toMatchObject({ netMicros: 180_000n });
  expect(await on("2099-01-01")).toMatchObject({ netMicros: 210_500n, grossMicros: 248_390n });
  expect((await mine()).map(({ when, netMicros }) => [when, netMicros])).toEqual([
    ["future", "210500"],
    ["now", "180000"],
  ]);
});

test("the same day's price is corrected, with what it was in the audit log", async () => {
  await price("2099-01-01", "0.21");
  await price("2099-01-01", "0.22", "12.5");
  expect(await on("2099-01-01")).toMatchObject({ netMicros: 220_000n, taxRate: 0.125 });
  const [entry] = await db.owner`
    select before from audit_entries where workspace_id = ${ctx.workspaceId} and action = 'channel_price.corrected'`;
  expect(entry?.before).toEqual({ price: 0.21, tax: 0.18 });
});

test("only a price whose day has not come can be taken back, and only in its workspace", async () => {
  await price("2099-01-01", "0.21");
  const [planned, current] = await mine();
  const other = await makeMember(db.owner, await makeWorkspace(db.owner));
  await expect(removePrice(other, planned?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(removePrice(ctx, current?.id ?? "")).rejects.toMatchObject({ code: "CONFLICT" });
  await removePrice(ctx, planned?.id ?? "");
  expect(await mine()).toHaveLength(1);
});

test("amounts are exact", () => {
  expect(["0.8631", "0", "12", "999999.999999", "0.1"].map(toMicros)).toEqual([
    863_100n,
    0n,
    12_000_000n,
    999_999_999_999n,
    100_000n,
  ]);
});
