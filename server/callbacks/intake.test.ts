import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { systemContext } from "@/server/platform/context";
import { recordReply } from "@/server/responses";
import { replyTo } from "@/server/responses/testing/reply-to";
import { makeSentRun } from "@/server/tracking/testing/sent-run";
import { beginAttempt, recordOutcome } from "./attempt";
import { completeCallback } from "./close";
import { doCustomerWish, getCustomerPage } from "./customer-page";
import { customerUrl, formUrl } from "./links";
import { getCallMeForm, submitCallMe } from "./public-form";
import { takeCallback } from "./take";
import { fixedDay } from "./testing/fixed-day";

const db = await testDatabase();
const day = fixedDay(db);
let workspaceId: string;

beforeEach(async () => {
  await day.begin();
  workspaceId = await makeWorkspace(db.owner);
});

const requests = () => db.owner<
  {
    id: string;
    request_type: string;
    source: string;
    repeats: number;
    campaign_id: string | null;
    status: string;
  }[]
>`select id, request_type, source, repeats, campaign_id, status from callback_requests
  where workspace_id = ${workspaceId} order by id`;
const tokenOf = (url: string): string => url.split("/").at(-1) ?? "";

describe("a reply", () => {
  test("that wants a call opens one request with its campaign, a complaint one of its own kind; what is sold is credited", async () => {
    const run = await makeSentRun(db.owner, workspaceId);
    const system = systemContext(workspaceId);
    const say = (text: string) => recordReply(system, replyTo(run, text, { publicId: run.publicIds[0] }));
    const first = await say("Please call me");
    expect(first.class).toBe("callback_request");
    await say("Call me please, still waiting");
    const [asked, ...none] = await requests();
    expect([asked?.source, asked?.repeats, none.length]).toEqual(["reply", 1, 0]);
    expect(asked?.campaign_id).not.toBeNull();
    expect((await say("Worst service, I want to complain")).class).toBe("complaint");
    expect((await requests()).map((row) => row.request_type)).toEqual(["general_inquiry", "complaint"]);

    const agent = await makeMember(db.owner, workspaceId, "agent");
    const { callbackId, generation } = await takeCallback(agent, { callbackId: asked?.id ?? "" });
    const hold = { callbackId, generation };
    const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
    await recordOutcome(agent, { ...hold, attemptId, outcome: "connected" });
    await completeCallback(agent, { ...hold, disposition: "converted", conversionValue: 12_500.5 });
    const sold = await db.owner`
      select source, value_micros::text as value, only_campaign_id as campaign from conversions
      where workspace_id = ${workspaceId}`;
    expect(sold).toEqual([{ source: "callback", value: "12500500000", campaign: asked?.campaign_id }]);
  });
});

describe("the public form and the customer's page", () => {
  test("take a request once, and let its customer move, cancel and rate it; a forged link is nothing", async () => {
    const form = tokenOf(formUrl(workspaceId));
    expect(await getCallMeForm(form)).toEqual({ companyName: "Test workspace" });
    const forged = `${form.slice(0, -2)}${form.endsWith("AA") ? "BB" : "AA"}`;
    expect(await getCallMeForm(forged)).toBeNull();
    const sent = {
      phone: "98200 00001",
      name: "Asha",
      about: "policy_issue",
      words: "Wrong name",
      key: "k1",
    };
    const [once, twice] = await Promise.all([submitCallMe(form, sent), submitCallMe(form, sent)]);
    const page = once?.page;
    expect(twice?.page).toBe(page);
    // Somebody else writes the same number: they learn nothing of the request, and cannot open its page.
    const stranger = await submitCallMe(form, { ...sent, phone: "+91 98200-00001", key: "k2" });
    expect(stranger).toEqual({ page: null });
    const rows = await requests();
    expect(rows.map(({ source, repeats }) => [source, repeats])).toEqual([["form", 1]]);
    await expect(submitCallMe(form, { ...sent, phone: "12" })).rejects.toMatchObject({ code: "BAD_INPUT" });

    const token = tokenOf(page ?? "");
    expect(page).toBe(customerUrl(workspaceId, rows[0]?.id ?? ""));
    const shown = await getCustomerPage(token);
    expect(shown).toMatchObject({ open: true, talked: false, requestType: "policy_issue" });
    expect(JSON.stringify(shown)).not.toContain("98200");
    const slot = shown?.slots.days[1]?.slots.find(({ working }) => working);
    expect(await doCustomerWish(token, { do: "move", start: slot?.start ?? "" })).toBe(true);
    expect(await doCustomerWish(token, { do: "move", start: "2020-01-01T00:00:00.000Z" })).toBe(false);
    const moved = await getCustomerPage(token);
    expect([moved?.status, new Date(moved?.slotStart ?? 0).toISOString()]).toEqual([
      "scheduled",
      slot?.start,
    ]);
    expect(await doCustomerWish(token, { do: "rate", satisfaction: 5 })).toBe(false);
    expect(await doCustomerWish(token, { do: "cancel" })).toBe(true);
    expect(await doCustomerWish(token, { do: "cancel" })).toBe(false);
    const [log] = await db.owner`
      select actor_kind from callback_activities where callback_id = ${rows[0]?.id ?? ""} and kind = 'cancelled'`;
    expect(log?.actor_kind).toBe("customer");
    await db.owner`update callback_requests set contacted_at = clock_now() where workspace_id = ${workspaceId}`;
    expect(await doCustomerWish(token, { do: "rate", satisfaction: 4 })).toBe(true);
    expect((await getCustomerPage(token))?.satisfaction).toBe(4);
    expect(await getCustomerPage(`${token.slice(0, -2)}AA`)).toBeNull();
  });
});
