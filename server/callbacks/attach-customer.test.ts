import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { nameCustomer } from "./attach-customer";
import { requestByHand } from "./by-hand";
import { cancelCallback } from "./close";
import { getCallback } from "./get";
import { searchPossible } from "./possible";
import { takeCallback } from "./take";
import { ask, clockOf, fixedDay, inMinutes } from "./testing/fixed-day";
import { readRow, replayLog } from "./testing/replay";

const db = await testDatabase();
const day = fixedDay(db);
const nobody = { customers: [], total: 0 };
let lead: Context;
let agent: Context;
let asha: string;
let ravi: string;
let stranger: string;

beforeEach(async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  lead = await makeMember(db.owner, workspaceId, "supervisor");
  agent = await makeMember(db.owner, workspaceId, "agent");
  [asha = "", ravi = "", stranger = ""] = await makeCustomers(db.owner, workspaceId, [
    { name: "Asha Rao", phone: "+919820000001", tier: "platinum" },
    { name: "Ravi Rao", phone: "+919820000001", tier: "silver" },
    { name: "Meera Nair", phone: "+919820000002" },
  ]);
});

describe("a request of a number that a family shares", () => {
  test("shows who may have asked, the name that was given first, to those who may know the number", async () => {
    const callbackId = await ask(lead, { customerName: " ravi rao" });
    await nameCustomer(lead, { callbackId, customerId: null });
    expect((await getCallback(agent, { callbackId })).possible).toEqual(nobody);
    expect((await getCallback(lead, { callbackId })).possible.customers.map(({ id }) => id)).toEqual([
      ravi,
      asha,
    ]);
    const { generation } = await takeCallback(agent, { callbackId });
    expect((await getCallback(agent, { callbackId })).possible.customers.map(({ name }) => name)).toEqual([
      "Ravi Rao",
      "Asha Rao",
    ]);
    await nameCustomer(agent, { callbackId, generation, customerId: ravi });
    expect(await getCallback(agent, { callbackId })).toMatchObject({
      possible: nobody,
      caller: { id: ravi },
      activities: [{ kind: "customer_named", actorName: expect.any(String) }, {}, {}, {}],
    });
  });

  test("is the customer's whom the agent in hand names: scored by their tier, in the log, once", async () => {
    const callbackId = await ask(lead, { requestType: "claim_assistance", urgency: "medium" });
    expect(inMinutes((await clockOf(db.owner, callbackId, "first_attempt")).due_at)).toBe(60);
    await expect(nameCustomer(agent, { callbackId, customerId: asha })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const hold = await takeCallback(agent, { callbackId });
    const naming = { callbackId, generation: hold.generation };
    await expect(nameCustomer(agent, { ...naming, customerId: stranger })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    const both = await Promise.allSettled([
      nameCustomer(agent, { ...naming, customerId: asha }),
      nameCustomer(agent, { ...naming, customerId: asha }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    // 80 + 10 + 15 of 125: high, so the first call is due in a quarter of an hour.
    expect(inMinutes((await clockOf(db.owner, callbackId, "first_attempt")).due_at)).toBe(15);
    const replayed = await replayLog(db.owner, callbackId);
    expect(replayed).toMatchObject({ customer_id: asha, tier: "platinum", sum: 105 });
    expect(replayed).toEqual(await readRow(db.owner, callbackId, Object.keys(replayed)));
    const lines = await db.owner`
      select 1 from callback_activities where callback_id = ${callbackId} and kind = 'customer_named'`;
    expect(lines).toHaveLength(1);
  });

  test("has more of them than fit on the screen: all are counted, found by name and can be named", async () => {
    const many = Array.from({ length: 24 }, (_, n) => ({
      name: `Member ${String(n).padStart(2, "0")}`,
      phone: "+919820000003",
    }));
    const members = await makeCustomers(db.owner, lead.workspaceId, many);
    const callbackId = await ask(lead, { phone: "+919820000003" });
    const { possible } = await getCallback(lead, { callbackId });
    expect([possible.customers.length, possible.total]).toEqual([20, 24]);
    const last = members[23] ?? "";
    const search = { callbackId, search: "member 23" };
    expect(await searchPossible(lead, search)).toMatchObject({ customers: [{ id: last }], total: 1 });
    await expect(searchPossible(agent, search)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await nameCustomer(lead, { callbackId, customerId: last });
    expect(await getCallback(lead, { callbackId })).toMatchObject({ caller: { id: last } });
  });

  test("is another one's, or nobody's again, as long as it is open, by whoever holds or leads it", async () => {
    const callbackId = await ask(lead, { requestType: "claim_assistance", urgency: "medium" });
    const { generation } = await takeCallback(agent, { callbackId });
    const same = async (customer: string | null, tier: string, minutes: number) => {
      const replayed = await replayLog(db.owner, callbackId);
      expect(replayed).toMatchObject({ customer_id: customer, tier });
      expect(replayed).toEqual(await readRow(db.owner, callbackId, Object.keys(replayed)));
      expect(inMinutes((await clockOf(db.owner, callbackId, "first_attempt")).due_at)).toBe(minutes);
    };
    await nameCustomer(agent, { callbackId, generation, customerId: asha });
    await same(asha, "platinum", 15);
    await nameCustomer(agent, { callbackId, generation, customerId: null });
    await same(null, "bronze", 60);
    await nameCustomer(lead, { callbackId, customerId: asha });
    await nameCustomer(lead, { callbackId, customerId: ravi });
    await same(ravi, "silver", 60);
    await expect(nameCustomer(agent, { callbackId, customerId: null })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const hers = await ask(lead, { customerId: asha, requestType: "claim_assistance" });
    await expect(nameCustomer(lead, { callbackId, customerId: asha })).rejects.toMatchObject({
      details: { code: "open_already" },
    });
    await cancelCallback(lead, { callbackId: hers, reason: "duplicate" });
    // Her number is another one now: who was named can be named again all the same.
    await db.owner`update customers set phone = null where id = ${asha}`;
    await nameCustomer(lead, { callbackId, customerId: asha });
    await cancelCallback(lead, { callbackId, reason: "other" });
    await expect(nameCustomer(lead, { callbackId, customerId: null })).rejects.toMatchObject({
      details: { code: "wrong_status" },
    });
  });

  test("an advisor names customers of the own book only, whose ever the request was before", async () => {
    const advisor = await makeMember(db.owner, lead.workspaceId, "advisor");
    await db.owner`update customers set advisor_id = ${advisor.membershipId} where id = ${asha}`;
    const callbackId = await ask(lead);
    await nameCustomer(lead, { callbackId, customerId: ravi });
    await nameCustomer(lead, { callbackId, customerId: asha });
    const { generation } = await takeCallback(advisor, { callbackId });
    await expect(nameCustomer(advisor, { callbackId, generation, customerId: ravi })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await getCallback(lead, { callbackId })).toMatchObject({ caller: { id: asha } });
  });

  test("an advisor sees a request that they took down of a customer of nobody's book, and not another one's", async () => {
    const advisor = await makeMember(db.owner, lead.workspaceId, "advisor");
    const named = (customerName: string) =>
      requestByHand(advisor, { phone: "98200 00001", requestType: "feedback", customerName });
    await db.owner`update customers set advisor_id = ${lead.membershipId} where id = ${asha}`;
    const his = await named("Ravi Rao");
    expect(await getCallback(advisor, { callbackId: his.id })).toMatchObject({ caller: { id: ravi } });
    const hers = await named("Asha Rao");
    await expect(getCallback(advisor, { callbackId: hers.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
