import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { getCampaign } from "@/server/campaigns";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";
import { seedSegments } from "@/server/segments";
import { seedTemplates } from "@/server/template-library";
import { linkKeys } from "@/server/template-library/schemas";
import { listRecommendations } from "./list";
import { draftFromRecommendation } from "./use";

const db = await testDatabase();
type Member = Context & { userId: string; membershipId: string };
let marketer: Member;
let advisor: Member;
let ids: string[];

/** Three customers with a policy each: one renews in 10 days, one has lapsed, one is overdue; the last two are in a book. */
beforeEach(async () => {
  const workspaceId = await makeWorkspace(db.owner);
  const system = systemContext(workspaceId);
  await withTransaction(system, async (tx) => {
    await seedSegments(tx, system);
    await seedTemplates(tx, system);
  });
  await db.owner`
    insert into template_links (workspace_id, key, url)
    select ${workspaceId}, key, 'https://example.test/' || key from unnest(${[...linkKeys]}::text[]) as key`;
  marketer = await makeMember(db.owner, workspaceId, "marketer");
  advisor = await makeMember(db.owner, workspaceId, "advisor");
  ids = await makeCustomers(db.owner, workspaceId, [{}, {}, {}]);
  await db.owner`update customers set advisor_id = ${advisor.membershipId} where id in ${db.owner(ids.slice(1))}`;
  await db.owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, 'email', purpose, true from customers, unnest('{service,promotional}'::text[]) as purpose
    where workspace_id = ${workspaceId}`;
  await makePolicy(0, { status: "in_force", premium: 12_000, renewsIn: 10 });
  await makePolicy(1, { status: "lapsed", premium: 8_000, renewsIn: -90 });
  const policyId = await makePolicy(2, { status: "in_grace", premium: 5_000, renewsIn: 200 });
  await db.owner`
    insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
    values (${newId()}, ${workspaceId}, ${policyId}, ${ids[2] ?? ""}, clock_now()::date - 5, 2500000000, 'INR', 'overdue')`;
});

async function makePolicy(
  nth: number,
  of: { status: string; premium: number; renewsIn: number; currency?: string },
): Promise<string> {
  const id = newId();
  await db.owner`
    insert into policies (id, workspace_id, customer_id, policy_number, policy_type, product_name, status, premium_micros,
      currency, payment_mode, renewal_date)
    values (${id}, ${marketer.workspaceId}, ${ids[nth] ?? ""}, ${id}, 'health', 'Arogya', ${of.status},
      ${String(of.premium * 1_000_000)}, ${of.currency ?? "INR"}, 'yearly', clock_now()::date + ${of.renewsIn}::int)`;
  return id;
}

const found = async (ctx: Context) =>
  Object.fromEntries((await listRecommendations(ctx)).map((each) => [each.kind, each]));

describe("recommendations", () => {
  test("count the workspace's own customers, with the premium at stake as a sum of rows", async () => {
    expect(await found(marketer)).toMatchObject({
      renewals: { customers: 1, reachable: 1, value: "12000000000" },
      lapsed: { customers: 1, reachable: 1, value: "8000000000" },
      overdue: { customers: 1, reachable: 1, value: "2500000000" },
    });
  });

  test("add no premiums of another currency to the value", async () => {
    await makePolicy(0, { status: "in_force", premium: 900, renewsIn: 12, currency: "USD" });
    await makePolicy(1, { status: "lapsed", premium: 900, renewsIn: -80, currency: "USD" });
    const { workspaceId } = marketer;
    await db.owner`
      insert into premium_payments (id, workspace_id, policy_id, customer_id, due_date, amount_micros, currency, status)
      select gen_random_uuid(), workspace_id, policy_id, customer_id, due_date - 30, 900000000, 'USD', 'overdue'
      from premium_payments where workspace_id = ${workspaceId}`;
    expect(await found(marketer)).toMatchObject({
      renewals: { value: "12000000000" },
      lapsed: { value: "8000000000" },
      overdue: { value: "2500000000" },
    });
  });

  test("for an advisor speak of the own book only", async () => {
    const own = await found(advisor);
    expect(own.renewals).toBeUndefined();
    expect(own).toMatchObject({ lapsed: { customers: 1 }, overdue: { customers: 1 } });
    const other = await makeMember(db.owner, marketer.workspaceId, "advisor");
    expect(await listRecommendations(other)).toEqual([]);
  });

  test("leave out what nobody would get, and what no template in use is for", async () => {
    await db.owner`update consent_states set granted = false where customer_id = ${ids[1] ?? ""}`;
    await db.owner`
      update templates set archived_at = clock_now() where workspace_id = ${marketer.workspaceId} and seed_key = 'renewal_30'`;
    const kinds = Object.keys(await found(marketer));
    expect(kinds).not.toContain("lapsed");
    expect(kinds).not.toContain("renewals");
    expect(kinds).toContain("overdue");
  });

  test("leave out what is for a segment out of use, which would only refuse", async () => {
    const { workspaceId } = marketer;
    await db.owner`
      update segments set archived_at = clock_now() where workspace_id = ${workspaceId} and seed_key = 'lapsed'`;
    await db.owner`
      update segments set deleted_at = clock_now()
      where workspace_id = ${workspaceId} and seed_key = 'renewing_in_30_days'`;
    await db.owner`delete from segments where workspace_id = ${workspaceId} and seed_key = 'payment_overdue'`;
    const kinds = Object.keys(await found(marketer));
    expect(kinds).not.toContain("lapsed");
    expect(kinds).not.toContain("renewals");
    expect(kinds).toContain("overdue");
    await draftFromRecommendation(marketer, { kind: "overdue" });
  });

  test("are for those who can build a campaign", async () => {
    const agent = await makeMember(db.owner, marketer.workspaceId, "agent");
    await expect(listRecommendations(agent)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(draftFromRecommendation(agent, { kind: "lapsed" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("become a draft that reaches those customers, an advisor's within the own book", async () => {
    await db.owner`update policies set status = 'lapsed' where customer_id = ${ids[0] ?? ""}`;
    for (const [ctx, reached] of [
      [marketer, 2],
      [advisor, 1],
    ] as const) {
      const { campaignId } = await draftFromRecommendation(ctx, { kind: "lapsed" });
      expect(await getCampaign(ctx, { id: campaignId })).toMatchObject({
        name: "Win lapsed customers back",
        status: "draft",
        category: "lapsed_win_back",
        ownerId: ctx.userId,
        audience: { kind: "segments" },
      });
      expect((await preflightCampaign(ctx, { id: campaignId })).audience).toBe(reached);
    }
  });
});
