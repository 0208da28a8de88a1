import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeHistory } from "@/db/testing/campaign-history";
import { testDatabase } from "@/db/testing/database";
import { withTransaction } from "@/db/transaction";
import { listRecipients } from "@/server/deliveries";
import { runFigures } from "@/server/deliveries/figures";
import { temporaryDataDir } from "@/server/deliveries/testing/data-dir";
import { ruleOfRecipients } from "@/server/segments/content";
import { ruleCondition } from "@/server/segments/rule-condition";
import { compareCampaigns } from "./compare";
import { compareInput } from "./schemas";

temporaryDataDir();
const db = await testDatabase();

test("the segment made of a filter of recipients holds those whom the filter shows", {
  timeout: 120_000,
}, async () => {
  const { ctx, campaigns } = await makeHistory(db, 11);
  for (const { campaignId } of campaigns.slice(0, 1)) {
    const { reasons } = await runFigures(ctx, { campaignId });
    const filters = [
      ...(["opened", "not_opened", "clicked", "not_clicked", "replied"] as const).map((did) => ({ did })),
      ...(["failed", "skipped", "delivered"] as const).map((state) => ({ state })),
      ...reasons.flatMap(({ state, reason }) =>
        state === "failed" || state === "skipped" ? [{ state, reason } as const] : [],
      ),
    ];
    let shown = 0;
    for (const filter of filters) {
      const { rows } = await listRecipients(ctx, { campaignId, ...filter }, 1_000);
      const rule = ruleOfRecipients(campaignId, filter);
      const found = await withTransaction(ctx, async (tx) => {
        const condition = await ruleCondition(tx, ctx, rule ?? { match: "any", of: [] }, { shape: "many" });
        return tx.execute<{ id: string }>(
          sql`select c.id from customers c where c.workspace_id = ${ctx.workspaceId} and ${condition}`,
        );
      });
      expect(new Set(found.map(({ id }) => id)), JSON.stringify(filter)).toEqual(
        new Set(rows.map(({ customerId }) => customerId)),
      );
      shown += rows.length;
    }
    expect(shown).toBeGreaterThan(0);
    // What rules do not know is not offered.
    expect(ruleOfRecipients(campaignId, { state: "held" })).toBeNull();
    expect(ruleOfRecipients(campaignId, { did: "complained" })).toBeNull();
  }
  const ids = campaigns.map(({ campaignId }) => campaignId);
  const compared = await compareCampaigns(ctx, { campaigns: [...ids, ids[0] ?? ""] });
  expect(compared.map(({ id }) => id)).toEqual(ids);
  expect(compareInput.safeParse({ campaigns: ["1", "2", "3", "4", "5"] }).success).toBe(false);
});
