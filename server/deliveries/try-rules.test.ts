import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { grantConsent } from "./testing/campaign";
import { tryRules } from "./try-rules";

const db = await testDatabase();
let ctx: Context;
let customerId: string;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  [customerId = ""] = await makeCustomers(db.owner, ctx.workspaceId, [{ phone: "+919812345678" }]);
  await grantConsent(db.owner, ctx.workspaceId, "promotional", ["sms"]);
});

const ask = (time: string | null, over: Partial<Parameters<typeof tryRules>[1]> = {}) =>
  tryRules(ctx, {
    ...{ customerId, channel: "sms", purpose: "promotional" },
    localTime: time === null ? null : `2026-12-01T${time}`,
    ...over,
  });

describe("trying the rules", () => {
  test("says what the sender would say at another time: hours hold to the minute", async () => {
    expect(await ask("10:00")).toMatchObject({ answer: "send", until: null });
    expect(await ask("20:59")).toMatchObject({ answer: "send" });
    const late = await ask("21:00");
    expect(late).toMatchObject({ answer: "hold", until: new Date("2026-12-02T10:00:00+05:30") });
    expect(late.rules.find(({ answer }) => answer === "hold")?.name).toBe("quiet_hours");
  });

  test("counts what the customer had in the days before that time", async () => {
    await db.owner`
      insert into sending_reservations (workspace_id, run_number, seq, campaign_id, customer_id, channel, purpose, cost_micros, at)
      select ${ctx.workspaceId}, n, 1, ${customerId}, ${customerId}, 'sms', 'promotional', 0, '2026-11-25T12:00:00+05:30'
      from generate_series(1, 2) n`;
    expect(await ask("11:00")).toMatchObject({ answer: "skip" });
    expect(await ask(null, { localTime: "2026-12-02T12:01" })).toMatchObject({ answer: "send" });
  });

  test("names the first rule that says no, asks none after it, and leaves out those of a message", async () => {
    await db.owner`update customers set stop_state = 'death_claim' where id = ${customerId}`;
    const { answer, rules } = await ask("11:00");
    expect(answer).toBe("skip");
    expect(rules.map((rule) => [rule.name, rule.answer])).toEqual([
      ["sending", "yes"],
      ["customer_exists", "yes"],
      ["stop_state", "no"],
      ["address", "not_asked"],
      ["suppression", "not_asked"],
      ["consent", "not_asked"],
      ["frequency", "not_asked"],
      ["quiet_hours", "not_asked"],
    ]);
    expect(await ask("11:00", { channel: "email" })).toMatchObject({ answer: "skip" });
  });

  test("is for readers of campaigns, and a foreign customer is not there", async () => {
    const agent = await makeMember(db.owner, ctx.workspaceId, "agent");
    await expect(
      tryRules(agent, { customerId, channel: "sms", purpose: "service", localTime: null }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = await makeMember(db.owner, await makeWorkspace(db.owner));
    await expect(
      tryRules(other, { customerId, channel: "sms", purpose: "service", localTime: null }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
