import { sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { roleKeys } from "@/server/workspaces/roles";
import { approveCampaign } from "./approve";
import { setArchived } from "./archive";
import { cancelCampaign } from "./cancel";
import { deleteDraft } from "./delete-draft";
import { launchCampaign } from "./launch";
import { pauseCampaign } from "./pause";
import { resumeCampaign } from "./resume";
import { scheduleCampaign } from "./schedule";
import { sendBackCampaign } from "./send-back";
import { type CampaignStatus, campaignStatuses, mayUse, transitionOf, transitions } from "./status";
import { submitCampaign } from "./submit";
import { farAhead, grantConsent, makeCampaign } from "./testing/arrange";
import { unscheduleCampaign } from "./unschedule";
import { updateCampaign } from "./update";
import { withdrawCampaign } from "./withdraw";

const db = await testDatabase();
let admin: Context & { userId: string };
/** Approves what the administrator asks for. */
let approver: Context & { userId: string };

/** What a person can press, each as it is called. */
const verbs = {
  update: (ctx: Context, id: string, version: number) =>
    updateCampaign(ctx, { id, version, changes: { name: `Renamed at ${version}` } }),
  deleteDraft: (ctx: Context, id: string) => deleteDraft(ctx, { id }),
  submit: (ctx: Context, id: string, version: number) => submitCampaign(ctx, { id, version }),
  withdraw: (ctx: Context, id: string) => withdrawCampaign(ctx, { id }),
  approve: (ctx: Context, id: string, version: number) => approveCampaign(ctx, { id, version }),
  sendBack: (ctx: Context, id: string, version: number) =>
    sendBackCampaign(ctx, { id, version, comment: "Name the product." }),
  schedule: (ctx: Context, id: string, version: number) => scheduleCampaign(ctx, { id, version }),
  unschedule: (ctx: Context, id: string) => unscheduleCampaign(ctx, { id }),
  launch: (ctx: Context, id: string, version: number) => launchCampaign(ctx, { id, version }),
  pause: (ctx: Context, id: string) => pauseCampaign(ctx, { id }),
  resume: (ctx: Context, id: string) => resumeCampaign(ctx, { id }),
  cancel: (ctx: Context, id: string) => cancelCampaign(ctx, { id }),
} satisfies Partial<Record<Parameters<typeof transitionOf>[0], unknown>>;
type Verb = keyof typeof verbs;
const verbNames = Object.keys(verbs) as Verb[];
const actorOf = (verb: Verb): Context => (transitionOf(verb).approver ? approver : admin);

beforeAll(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  admin = await makeMember(db.owner, workspaceId);
  approver = { ...(await makeMember(db.owner, workspaceId, "supervisor")), isApprover: true };
  await grantConsent(db.owner, workspaceId, await makeCustomers(db.owner, workspaceId, [{}]));
});

async function stored(id: string): Promise<{ status: CampaignStatus; version: number } | null> {
  const [row] = await db.owner<{ status: CampaignStatus; version: number }[]>`
    select status, version from campaigns where id = ${id}`;
  return row ? { ...row } : null;
}

const auditCount = async (id: string) =>
  Number((await db.owner`select count(*) from audit_entries where subject_id = ${id}`)[0]?.count);

test.each(campaignStatuses.flatMap((status) => verbNames.map((verb) => [status, verb] as const)))(
  "a campaign that is %s answers %s as the table of transitions says",
  async (status, verb) => {
    const id = await makeCampaign(db.owner, admin, { status, schedule: farAhead });
    const { from, to } = transitionOf(verb);
    const act = verbs[verb](actorOf(verb), id, 1);
    if (from.includes(status)) {
      await act;
      expect((await stored(id))?.status ?? null).toBe(to);
      expect(await auditCount(id)).toBe(1);
    } else {
      await expect(act).rejects.toMatchObject({
        code: "CONFLICT",
        details: { code: "wrong_status", status },
      });
      expect(await stored(id)).toEqual({ status, version: 1 });
      expect(await auditCount(id)).toBe(0);
    }
  },
);

test("no order of acts reaches a state that the table does not lead to, and each one done is audited once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...verbNames), { maxLength: 12 }), async (acts) => {
      const id = await makeCampaign(db.owner, admin, { schedule: farAhead });
      let expected: CampaignStatus | null = "draft";
      let done = 0;
      for (const verb of acts) {
        const { from, to } = transitionOf(verb);
        const allowed: boolean = expected !== null && from.includes(expected);
        const version = (await stored(id))?.version ?? 1;
        const went = await verbs[verb](actorOf(verb), id, version).then(
          () => true,
          () => false,
        );
        expect(went, `${verb} on ${expected}`).toBe(allowed);
        if (!allowed) continue;
        expected = to;
        done += 1;
        expect((await stored(id))?.status ?? null).toBe(expected);
      }
      expect(await auditCount(id)).toBe(done);
    }),
    { numRuns: 60 },
  );
});

test.each(verbNames)(
  "%s is done, refused or unseen for every role in every state as the table says, and a refusal changes nothing",
  async (verb) => {
    const { from } = transitionOf(verb);
    for (const role of roleKeys)
      for (const isApprover of [false, true]) {
        const member = { ...(await makeMember(db.owner, admin.workspaceId, role)), isApprover };
        for (const status of campaignStatuses) {
          const id = await makeCampaign(db.owner, admin, { status, schedule: farAhead });
          const code = await verbs[verb](member, id, 1).then(
            () => "done",
            (error: { code?: string }) => error.code ?? "defect",
          );
          const unseen = role === "advisor" && transitionOf(verb).approver !== true;
          const expected = !mayUse(verb, member)
            ? "FORBIDDEN"
            : unseen
              ? "NOT_FOUND"
              : from.some((each) => each === status)
                ? "done"
                : "CONFLICT";
          expect(code, `${verb} on ${status} by ${role}${isApprover ? ", approver" : ""}`).toBe(expected);
          if (code !== "done") expect(await stored(id)).toEqual({ status, version: 1 });
        }
      }
  },
);

test("an advisor does to own campaigns what the table says, and sees no others", async () => {
  const advisor = await makeMember(db.owner, admin.workspaceId, "advisor");
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where workspace_id = ${admin.workspaceId}`;
  for (const verb of verbNames) {
    if (!mayUse(verb, advisor)) continue;
    const status = transitionOf(verb).from[0] ?? "draft";
    const audience = { kind: "all", book: advisor.membershipId } as const;
    const id = await makeCampaign(db.owner, advisor, { status, schedule: farAhead, audience });
    await verbs[verb](advisor, id, 1);
    expect((await stored(id))?.status ?? null, verb).toBe(transitionOf(verb).to);
  }
});

test.each(["launch", "schedule", "submit"] as const)(
  "%s takes an archived draft back into the list",
  async (verb) => {
    const id = await makeCampaign(db.owner, admin, { schedule: farAhead });
    await setArchived(admin, { id, archived: true });
    await verbs[verb](admin, id, 1);
    const [row] = await db.owner`select archived_at from campaigns where id = ${id}`;
    expect(row?.archived_at).toBeNull();
  },
);

test.each(verbNames)("%s answers a foreign campaign exactly like a missing one", async (verb) => {
  const stranger = {
    ...(await makeMember(db.owner, await makeWorkspace(db.owner, "Another"))),
    isApprover: true,
  };
  const status = transitionOf(verb).from[0];
  const id = await makeCampaign(db.owner, admin, { status });
  const answers: unknown[] = [];
  for (const asked of [id, "019aa000-0000-7000-8000-000000000000"])
    answers.push(await verbs[verb](stranger, asked, 1).catch((error: unknown) => ({ ...Object(error) })));
  expect(answers[0]).toMatchObject({ code: "NOT_FOUND" });
  expect(answers[0]).toEqual(answers[1]);
  await expect(verbs[verb](stranger, "not-an-id", 1)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await stored(id)).toEqual({ status, version: 1 });
});

test("a launch and a pause at once end paused with a run, or active after a refused pause", async () => {
  for (let round = 0; round < 10; round += 1) {
    const id = await makeCampaign(db.owner, admin);
    const [launched, paused] = await Promise.allSettled([
      launchCampaign(admin, { id, version: 1 }),
      pauseCampaign(admin, { id }),
    ]);
    expect(launched.status).toBe("fulfilled");
    expect((await stored(id))?.status).toBe(paused.status === "fulfilled" ? "paused" : "active");
    expect(await db.owner`select 1 from campaign_runs where campaign_id = ${id}`).toHaveLength(1);
  }
});

test("a pause and a cancel at once end cancelled", async () => {
  const id = await makeCampaign(db.owner, admin, { status: "active" });
  await Promise.allSettled([pauseCampaign(admin, { id }), cancelCampaign(admin, { id })]);
  expect((await stored(id))?.status).toBe("cancelled");
});

test("resuming settles what the system said when it paused", async () => {
  const id = await makeCampaign(db.owner, admin, { status: "paused" });
  await db.owner`update campaigns set failure = 'The mail server refused the password.' where id = ${id}`;
  await resumeCampaign(admin, { id });
  expect(await db.owner`select failure from campaigns where id = ${id}`).toEqual([{ failure: null }]);
});

test("the database lets the application move a campaign along the rows of the table, and along no others", async () => {
  const rows = Object.values(transitions).flatMap(({ from, to }) => from.map((each) => `${each} > ${to}`));
  for (const from of campaignStatuses)
    for (const to of campaignStatuses) {
      const id = await makeCampaign(db.owner, admin, { status: from });
      const moved = await withTransaction(admin, (tx) =>
        tx.execute(sql`update campaigns set status = ${to} where id = ${id}`),
      ).then(
        () => true,
        () => false,
      );
      expect(moved, `${from} > ${to}`).toBe(from === to || rows.includes(`${from} > ${to}`));
    }
});
