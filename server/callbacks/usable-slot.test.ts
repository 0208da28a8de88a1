import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { changeTopic } from "@/server/telephony/topics";
import { requestByHand } from "./by-hand";
import { doCustomerWish, getCustomerPage } from "./customer-page";
import { customerUrl } from "./links";
import { offerSlots } from "./offer-slots";
import { scheduleCallback } from "./schedule";
import { ask, fixedDay } from "./testing/fixed-day";

const db = await testDatabase();
const day = fixedDay(db);
let lead: Awaited<ReturnType<typeof makeMember>>;

beforeEach(async () => {
  await day.begin();
  lead = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
  // In India, 10:00 to 19:00; a call that the customer asked for may be made from 9:00 to 21:00.
  await changeTopic(lead, { requestType: "new_policy", purpose: "promotional", script: "" });
});

/** A half hour, by India's clock. */
const slotAt = (time: string, on = "2026-08-18") => {
  const start = new Date(`${on}T${time}+05:30`);
  return { start, end: new Date(start.getTime() + 30 * 60_000) };
};
const refused = (opens: RegExp) => ({
  code: "BAD_INPUT",
  message: expect.stringMatching(opens),
  details: { field: "slot" },
});

test("a time is promised only where the topic may be called about then", async () => {
  const service = await ask(lead, { requestType: "policy_issue" });
  await scheduleCallback(lead, { callbackId: service, slot: slotAt("20:00") });
  const offer = await ask(lead, { requestType: "new_policy", phone: "98200 00002" });
  const late = scheduleCallback(lead, { callbackId: offer, slot: slotAt("20:00") });
  await expect(late).rejects.toMatchObject(refused(/19 Aug, 10:00 \(Asia\/Kolkata\)/));
  const byHand = { phone: "98200 00003", requestType: "new_policy" };
  const early = requestByHand(lead, { ...byHand, slot: slotAt("09:30") });
  await expect(early).rejects.toMatchObject(refused(/18 Aug, 10:00/));
  await requestByHand(lead, { ...byHand, slot: slotAt("18:30") });
});

test("an agent is offered the times of the topic", async () => {
  const timesOf = async (requestType: string) =>
    (await offerSlots(lead, { requestType })).days[1]?.slots.map(({ time }) => time) ?? [];
  const [service, offer] = [await timesOf("policy_issue"), await timesOf("new_policy")];
  expect([service[0], service.at(-1)]).toEqual(["09:00", "20:30"]);
  expect([offer[0], offer.at(-1)]).toEqual(["10:00", "18:30"]);
});

test("a number of another country has that country's hours", async () => {
  // In France: 10 to 13 and 14 to 20, by the clock of the workspace where the customer's is not known; not on Saturday.
  const callbackId = await ask(lead, { phone: "+33 1 42 68 53 00" });
  const lunch = scheduleCallback(lead, { callbackId, slot: slotAt("13:00") });
  await expect(lunch).rejects.toMatchObject(refused(/18 Aug, 14:00/));
  const saturday = scheduleCallback(lead, { callbackId, slot: slotAt("11:00", "2026-08-22") });
  await expect(saturday).rejects.toMatchObject(refused(/24 Aug, 10:00/));
  await scheduleCallback(lead, { callbackId, slot: slotAt("12:30") });
});

test("who writes down or moves a request is offered the hours of the number's country", async () => {
  const phone = "+33 1 42 68 53 00";
  const callbackId = await ask(lead, { phone });
  for (const asked of [{ phone }, { callbackId }]) {
    const { days } = await offerSlots(lead, asked);
    const times = days.find(({ date }) => date === "2026-08-18")?.slots.map(({ time }) => time);
    expect(times?.filter((time) => time >= "12:00" && time <= "14:30")).toEqual([
      "12:00",
      "12:30",
      "14:00",
      "14:30",
    ]);
    expect(days.map(({ date }) => date)).not.toContain("2026-08-22");
  }
  // Half of a number says nothing yet.
  expect((await offerSlots(lead, { phone: "+33 1" })).days).toEqual((await offerSlots(lead, {})).days);
  const stranger = await makeMember(db.owner, await makeWorkspace(db.owner), "supervisor");
  await expect(offerSlots(stranger, { callbackId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a customer is offered what can be kept, and can choose nothing else", async () => {
  const callbackId = await ask(lead, { requestType: "new_policy" });
  const token = customerUrl(lead.workspaceId, callbackId).split("/").at(-1) ?? "";
  const page = await getCustomerPage(token);
  const times = page?.slots.days.flatMap(({ slots }) => slots.map(({ time }) => time)) ?? [];
  expect([times.toSorted()[0], times.toSorted().at(-1)]).toEqual(["10:00", "18:30"]);
  expect(await doCustomerWish(token, { do: "move", start: slotAt("20:00").start.toISOString() })).toBe(false);
  expect(await doCustomerWish(token, { do: "move", start: slotAt("18:30").start.toISOString() })).toBe(true);
});
