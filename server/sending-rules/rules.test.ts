import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { changeRules } from "./change-rules";
import { getSendingRules } from "./get-rules";
import { defaultSendingRules, type HoursInput } from "./schemas";
import { removeHours, resetHours, setHours } from "./set-hours";
import { letSendingGoOn, stopSending } from "./stop-sending";

const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  await db.moveClock("0");
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const key = { country: "IN", channel: "sms", purpose: "promotional" } as const;
const hours = (validFrom: string, over: Partial<HoursInput> = {}): HoursInput => ({
  ...key,
  validFrom,
  ...{ fromMinute: 660, toMinute: 1_200, days: [1, 2, 3, 4, 5] },
  ...over,
});
const ofKey = async (of = ctx) =>
  (await getSendingRules(of)).hours
    .filter(
      (row) => row.country === key.country && row.channel === key.channel && row.purpose === key.purpose,
    )
    .map(({ validFrom, fromMinute, own }) => [validFrom, fromMinute, own]);
const audited = async () => {
  const rows = await db.owner`
    select action, before, after from audit_entries where workspace_id = ${ctx.workspaceId} order by id`;
  return [...rows];
};

describe("the rules of frequency", () => {
  test("are the product's until somebody changes them; the audit log says what stood before", async () => {
    expect((await getSendingRules(ctx)).rules).toEqual(defaultSendingRules);
    const rules = {
      ...defaultSendingRules,
      caps: { ...defaultSendingRules.caps, whatsapp: { most: 1, days: 1 }, sms: null },
    };
    await changeRules(ctx, rules);
    await changeRules(ctx, rules);
    expect((await getSendingRules(ctx)).rules).toEqual(rules);
    expect(await audited()).toEqual([
      {
        action: "sending_rules.changed",
        before: { "sms cap": "2 in 7 days", "whatsapp cap": "2 in 7 days" },
        after: { "sms cap": "none", "whatsapp cap": "1 in 1 days" },
      },
    ]);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect((await getSendingRules(other)).rules).toEqual(defaultSendingRules);
  });
});

describe("hours", () => {
  test("of a workspace begin with those of the product, so that no day before them is without any", async () => {
    await setHours(ctx, hours("2099-01-01"));
    expect(await ofKey()).toEqual([
      ["2000-01-01", 600, true],
      ["2099-01-01", 660, true],
    ]);
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    expect(await ofKey(other)).toEqual([["2000-01-01", 600, false]]);
  });

  test("of the same day are corrected, planned ones are taken back, and those that held stay", async () => {
    const { today } = await getSendingRules(ctx);
    await setHours(ctx, hours(today));
    await setHours(ctx, hours(today, { fromMinute: 720 }));
    await setHours(ctx, hours("2099-01-01"));
    await removeHours(ctx, { ...key, validFrom: "2099-01-01" });
    expect(await ofKey()).toEqual([
      ["2000-01-01", 600, true],
      [today, 720, true],
    ]);
    for (const validFrom of [today, "2098-01-01"])
      await expect(removeHours(ctx, { ...key, validFrom })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("can go back to those of the product, and each change is in the audit log", async () => {
    await setHours(ctx, hours("2099-01-01"));
    await resetHours(ctx, key);
    await resetHours(ctx, key);
    expect(await ofKey()).toEqual([["2000-01-01", 600, false]]);
    expect((await audited()).map(({ action }) => action)).toEqual([
      "sending_hours.set",
      "sending_hours.reset",
    ]);
  });

  test("of a channel without any are its own from the first day on", async () => {
    await setHours(ctx, hours("2099-01-01", { channel: "email" }));
    const mail = (await getSendingRules(ctx)).hours.filter(({ channel }) => channel === "email");
    expect(mail).toMatchObject([{ validFrom: "2099-01-01", own: true }]);
  });
});

test("the emergency stop says since when, once, and is let go once", async () => {
  await stopSending(ctx);
  const { stoppedAt } = await getSendingRules(ctx);
  await db.moveClock("1 minute");
  await stopSending(ctx);
  expect((await getSendingRules(ctx)).stoppedAt).toBe(stoppedAt);
  await letSendingGoOn(ctx);
  await letSendingGoOn(ctx);
  expect((await getSendingRules(ctx)).stoppedAt).toBeNull();
  expect((await audited()).map(({ action }) => action)).toEqual(["sending.stopped", "sending.let_go_on"]);
});
