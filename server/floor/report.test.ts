import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { beginAttempt, recordOutcome } from "@/server/callbacks/attempt";
import { claimNextCallback } from "@/server/callbacks/claim-next";
import { cancelCallback, completeCallback } from "@/server/callbacks/close";
import { tellOfClock } from "@/server/callbacks/tell";
import { ask, fixedDay, takeNext } from "@/server/callbacks/testing/fixed-day";
import { listDispositions } from "@/server/dispositions/list";
import { sweepWorkspace } from "@/server/sla";
import { listBreaches } from "./breaches";
import { exportFloor } from "./export";
import { readReport } from "./report";
import { reportDimensions } from "./status";

const db = await testDatabase();
const day = fixedDay(db);

/** Three days of work: two agents talk, miss and close; one customer takes the wish back; some wait too long. */
async function threeDays() {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  const admin = await makeMember(db.owner, workspaceId, "admin");
  const agents = [
    await makeMember(db.owner, workspaceId, "agent"),
    await makeMember(db.owner, workspaceId, "agent"),
  ];
  await listDispositions(admin);
  for (let n = 0; n < 18; n++) {
    const requestType = ["policy_issue", "feedback"][n % 2];
    const callbackId = await ask(admin, { phone: `98200 ${10_000 + n}`, requestType });
    if (n % 6 === 5) await cancelCallback(admin, { callbackId, reason: "customer_withdrew" });
    await day.go(n % 3 === 0 ? 9_000 : 600);
    const agent = agents[n % 2];
    const claim = agent && n % 4 !== 3 ? await claimNextCallback(agent) : null;
    if (claim && agent) {
      const hold = { callbackId: claim.callbackId, generation: claim.generation };
      const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" }).catch(() => ({
        attemptId: "",
      }));
      if (attemptId === "") continue;
      await recordOutcome(agent, {
        ...hold,
        attemptId,
        outcome: n % 5 ? "connected" : "no_answer",
        talkSeconds: 90,
      });
      if (n % 5)
        await completeCallback(agent, { ...hold, disposition: "resolved", satisfaction: (n % 5) + 1 });
    }
    if (n % 6 === 4) await day.go(86_400 - (day.seconds() % 86_400));
  }
  await sweepWorkspace(admin, tellOfClock);
  return { admin, agents };
}

test("a report adds up to its total in every dimension, missed targets are explained to the second, and the export is complete and safe", async () => {
  const { admin, agents } = await threeDays();
  const [agent] = agents;
  await db.owner`update users set name = '=HYPERLINK("http://x")' where id = ${agent?.userId ?? ""}`;
  for (const by of reportDimensions) {
    const { lines, total } = await readReport(admin, { by });
    expect(total.offered).toBe(18);
    for (const name of Object.keys(total.of) as (keyof typeof total.of)[])
      expect([by, name, lines.reduce((sum, { figures }) => sum + figures.of[name], 0)]).toEqual([
        by,
        name,
        expect.closeTo(total.of[name], 6),
      ]);
  }
  expect((await readReport(admin, { by: "day" })).lines.length).toBeGreaterThan(2);
  const { lines } = await readReport(admin, { by: "policy" });
  expect(lines.map(({ name }) => name)).toEqual(["Everything else"]);

  const breaches = [];
  for (let cursor: string | null = null; ; ) {
    const page = await listBreaches(admin, { cursor });
    breaches.push(...page.rows);
    cursor = page.next;
    if (cursor === null) break;
  }
  const [stored] = await db.owner<{ count: number }[]>`
    select count(*)::int as count from sla_clocks where workspace_id = ${admin.workspaceId} and breached_at is not null`;
  expect(breaches.length).toBe(stored?.count);
  expect(breaches.length).toBeGreaterThan(3);
  for (const { explained, breachedAt } of breaches) {
    expect(Date.parse(explained?.dueAt ?? "")).toBe(Date.parse(breachedAt));
    expect(explained?.counted).toBe(explained?.target);
    expect(explained?.intervals[0]?.from).toBe(explained?.startedAt);
    expect(explained?.intervals.at(-1)?.to).toBe(explained?.dueAt);
  }

  let csv = "";
  for await (const piece of (await exportFloor(admin, { by: "day" })).content) csv += piece;
  expect(csv.trim().split("\r\n")).toHaveLength(19);
  expect(csv).toContain(`"'=HYPERLINK(""http://x"")"`);
  const entries = await db.owner`
    select actor_id from audit_entries where workspace_id = ${admin.workspaceId} and action = 'floor.exported'`;
  expect([...entries]).toEqual([{ actor_id: admin.actor.id }]);
  if (agent) await expect(exportFloor(agent, { by: "day" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(
    readReport(admin, { by: "day", from: "2026-08-20", until: "2026-08-19" }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("a relative who asks about the same topic afterwards is no repeat of the one who was helped; the same customer is", async () => {
  await day.begin();
  const workspaceId = await makeWorkspace(db.owner);
  const admin = await makeMember(db.owner, workspaceId, "admin");
  const agent = await makeMember(db.owner, workspaceId, "agent");
  await listDispositions(admin);
  const [asha, ravi] = await makeCustomers(db.owner, workspaceId, [
    { phone: "+919820000001" },
    { phone: "+919820000001" },
  ]);
  await ask(admin, { customerId: asha });
  const hold = await takeNext(agent);
  const { attemptId } = await beginAttempt(agent, { ...hold, via: "tel" });
  await recordOutcome(agent, { ...hold, attemptId, outcome: "connected", talkSeconds: 90 });
  await completeCallback(agent, { ...hold, disposition: "resolved" });
  await day.go(3_600);
  const firstTime = async () => (await readReport(admin, { by: "day" })).total.of.firstTime;
  await ask(admin, { customerId: ravi });
  expect(await firstTime()).toBe(1);
  await ask(admin, { customerId: asha });
  expect(await firstTime()).toBe(0);
});
