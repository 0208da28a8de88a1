import { beforeEach, describe, expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { type CustomerSeed, makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { withTransaction } from "@/db/transaction";
import { suppressAddress } from "@/server/consent";
import type { Context } from "@/server/platform/context";
import { completeRun } from "./complete-run";
import { runFigures } from "./figures";
import { freezeRun } from "./freeze-run";
import { listRecipients } from "./list-recipients";
import { grantConsent, makeLaunchedCampaign } from "./testing/campaign";
import { temporaryDataDir } from "./testing/data-dir";
import { drain } from "./testing/drain";
import { expectFigures } from "./testing/expect-figures";
import { inboxOf } from "./testing/inbox";

temporaryDataDir();
const db = await testDatabase();
let ctx: Context;

beforeEach(async () => {
  ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
});

const customers = (wanted: CustomerSeed[] | number) => makeCustomers(db.owner, ctx.workspaceId, wanted);

const launch = (seed: Parameters<typeof makeLaunchedCampaign>[2] = {}) =>
  makeLaunchedCampaign(db.owner, ctx.workspaceId, seed);

describe("a rule that says no", () => {
  test("skips with its reason, which can be read and counted", async () => {
    const ids = await customers([
      {},
      { email: null },
      { email: "no at sign" },
      { name: "" },
      { email: "gone@example.test" },
      {},
      {},
    ]);
    await grantConsent(db.owner, ctx.workspaceId, "promotional");
    await db.owner`delete from consent_states where customer_id = ${ids[5] ?? ""}`;
    await db.owner`update customers set stop_state = 'open_complaint' where id = ${ids[6] ?? ""}`;
    const entry = {
      channel: "email",
      address: "GONE@example.test",
      reason: "unsubscribed",
      origin: "test",
    } as const;
    await withTransaction(ctx, (tx) => suppressAddress(tx, ctx, entry));
    const campaign = await launch({ purpose: "promotional" });
    await freezeRun(ctx, campaign);
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 7, delivered: 1, skipped: 6 });
    const { reasons } = await runFigures(ctx, campaign);
    const expected = [
      "invalid_address",
      "missing_tag",
      "no_address",
      "no_consent",
      "stop_state",
      "suppressed",
    ];
    expect(reasons).toEqual(expected.map((reason) => ({ state: "skipped", reason, count: 1 })));
    const page = await listRecipients(ctx, { campaignId: campaign.campaignId, state: "skipped" });
    expect(page.rows.map((row) => row.detail)).toContain("a complaint is open");
    expect(await completeRun(ctx, campaign)).toBe(true);
  });

  test("counts when the message is sent, not when the audience was fixed", async () => {
    const [id] = await customers(2);
    await grantConsent(db.owner, ctx.workspaceId, "promotional");
    const campaign = await launch({ purpose: "promotional" });
    await freezeRun(ctx, campaign);
    await db.owner`update consent_states set granted = false where customer_id = ${id ?? ""}`;
    await drain();
    expect(await expectFigures(db.owner, ctx, campaign)).toEqual({ targeted: 2, delivered: 1, skipped: 1 });
  });

  test("lets a policyholder have service messages without a consent, and nobody promotion", async () => {
    const [holder] = await customers(2);
    await db.owner`insert into policies ${db.owner({
      id: holder ?? "",
      workspace_id: ctx.workspaceId,
      customer_id: holder ?? "",
      policy_number: "P-1",
      policy_type: "health",
      product_name: "Family Health Plus",
      status: "in_force",
      premium_micros: 12_500_500_000,
      currency: "INR",
      payment_mode: "yearly",
      start_date: "2025-01-01",
      renewal_date: "2026-12-14",
    })}`;
    const body = "{{product_name}}: {{premium_amount}} by {{renewal_date}}, {{first_name}}";
    const campaigns = [
      await launch({ body, fallbacks: { renewal_date: "soon" } }),
      await launch({ purpose: "promotional" }),
    ];
    for (const campaign of campaigns) await freezeRun(ctx, campaign);
    await drain();
    const [service, promotion] = await Promise.all(
      campaigns.map((campaign) => expectFigures(db.owner, ctx, campaign)),
    );
    expect(service).toEqual({ targeted: 2, delivered: 1, skipped: 1 });
    expect(promotion).toEqual({ targeted: 2, skipped: 2 });
    const [message] = await inboxOf(db.owner, campaigns[0]?.campaignId ?? "");
    expect(message?.html).toContain("Family Health Plus: ₹12,500.50 by 14 December 2026, Customer");
  });
});
