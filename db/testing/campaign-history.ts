import { recordConversions } from "@/server/conversions";
import { correctConversion } from "@/server/conversions/correct";
import { encodePublicId, recordProviderEvents } from "@/server/deliveries";
import { freezeRun } from "@/server/deliveries/freeze-run";
import {
  grantConsent,
  type LaunchedCampaign,
  makeLaunchedCampaign,
} from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { report, silentProvider } from "@/server/deliveries/testing/provider";
import { appendReaction, recordClick, recordOpen } from "@/server/tracking";
import { visit } from "@/server/tracking/testing/ledger";
import { withTransaction } from "../transaction";
import type { TestDatabase } from "./database";
import { makeCustomers, makeMember, makeWorkspace } from "./factories";

/** Numbers below `most`, the same for the same seed (mulberry32). */
export function numbers(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * most);
  };
}

const cities = ["Pune", "Mumbai", null];
const tiers = ["gold", "silver", "bronze"];

/**
 * A workspace in which everything happened through the product's own verbs, by chance: customers without consent, a
 * hold-out, two variants, refusals, receipts twice and out of order, opens, clicks, replies, opt-outs, conversions and
 * corrections.
 */
export async function makeHistory(db: TestDatabase, seed: number) {
  const next = numbers(seed);
  await db.setClock("2026-11-20T12:10:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner));
  const { owner } = db;
  const size = 30 + next(30);
  const seeds = Array.from({ length: size }, (_, index) => ({
    externalId: `C${index}`,
    phone: `+9198${String(10_000_000 + index)}`,
    tier: tiers[next(3)] ?? "gold",
    language: next(3) === 0 ? "hi" : "en",
  }));
  const people = await makeCustomers(owner, ctx.workspaceId, seeds);
  for (const [index, id] of people.entries())
    await owner`update customers set city = ${cities[index % 3] ?? null} where id = ${id}`;
  await grantConsent(owner, ctx.workspaceId, "service", ["email", "whatsapp"]);
  await owner`update consent_states set granted = false where workspace_id = ${ctx.workspaceId}
    and hashtext(customer_id::text || ${seed}) % 6 = 0`;
  const campaigns: LaunchedCampaign[] = [];
  const sent = [["whatsapp"], ["email"], ["email", "whatsapp"]] as const;
  for (const [nth, channels] of sent.entries()) {
    // A day apart, so that periods have something before them.
    await db.setClock(`2026-11-${20 + nth}T12:10:00+05:30`);
    const made = await makeLaunchedCampaign(owner, ctx.workspaceId, { channels: [...channels] });
    await owner`update campaigns set hold_out = ${next(2) * 25}, conversion_event = 'premium_paid', attribution_days = 3,
      counts_auto_debit = true where id = ${made.campaignId}`;
    await freezeRun(ctx, made);
    await owner`update executions set variant = seq % 2 where run_number = ${made.runNumber} and arm = 'treated'`;
    await drain({
      adapter: silentProvider(() =>
        next(8) === 0
          ? { kind: "failed", reason: "rejected", detail: "no", suppress: false }
          : { kind: "accepted", delivered: next(4) > 0, providerMessageId: null },
      ),
    });
    campaigns.push(made);
    await owner`update campaigns set launched_at = clock_now() where id = ${made.campaignId}`;
  }
  let now = Date.parse("2026-11-22T13:00:00+05:30");
  for (const { runNumber } of campaigns) {
    const rows = await owner<{ part: number; seq: number }[]>`
      select part, seq from executions where run_number = ${runNumber} and channel is not null order by seq`;
    for (const key of rows.map((row) => ({ ...row, runNumber }))) {
      const id = encodePublicId(key);
      for (let acts = next(4); acts > 0; acts--) {
        // The clock never goes back: the first to arrive is the first that happened.
        now += next(30) * 60_000;
        await db.setClock(new Date(now).toISOString());
        const kind = next(8);
        const told = (["delivered", "read", "bounced", "failed"] as const)[kind];
        if (told)
          await recordProviderEvents(ctx, [
            report(id, told, { occurredAt: new Date("2026-11-20T07:00:00Z") }),
          ]);
        else if (kind === 4) await recordOpen(id, visit());
        else if (kind === 5) await recordClick(id, "0", visit());
        else
          await withTransaction(ctx, (tx) =>
            appendReaction(tx, key, {
              kind: kind === 6 ? "replied" : "unsubscribed",
              dedupeKey: `${kind}:${next(9)}`,
              detail: {},
              occurredAt: null,
            }),
          );
      }
    }
  }
  await db.setClock("2026-11-26T12:00:00+05:30");
  const outcomes = await recordConversions(ctx, {
    conversions: Array.from({ length: size }, (_, nth) => ({
      id: String(nth),
      customer: { external_id: `C${next(size)}` },
      name: "premium_paid",
      value: next(90_000) / 4,
      currency: next(9) === 0 ? "USD" : "INR",
      occurred_at: `2026-11-${20 + next(4)}T${String(10 + next(9))}:${10 + next(49)}:00+05:30`,
    })),
  });
  for (const outcome of outcomes)
    if (outcome.status === "recorded" && next(5) === 0)
      await correctConversion(ctx, { id: outcome.conversion_id, discountedFor: "mistake" });
  return { ctx, campaigns, size };
}
