import type { Sql } from "postgres";
import { expect } from "vitest";
import { makeCustomers } from "@/db/testing/factories";
import type { Context } from "@/server/platform/context";
import { freezeRun } from "../freeze-run";
import { listRecipients } from "../list-recipients";
import { encodePublicId } from "../public-id";
import { type CampaignSeed, grantConsent, type LaunchedCampaign, makeLaunchedCampaign } from "./campaign";

/** A frozen service campaign over WhatsApp to new customers of the workspace, +919876543000 and on, who consent to all channels. */
export async function launchOnWhatsApp(
  owner: Sql,
  ctx: Context,
  { size, ...seed }: CampaignSeed & { size: number },
): Promise<LaunchedCampaign> {
  const seeds = Array.from({ length: size }, (_, index) => ({ phone: `+9198765${43_000 + index}` }));
  await makeCustomers(owner, ctx.workspaceId, seeds);
  await grantConsent(owner, ctx.workspaceId, "service", ["whatsapp", "sms", "email"]);
  const campaign = await makeLaunchedCampaign(owner, ctx.workspaceId, { channels: ["whatsapp"], ...seed });
  await freezeRun(ctx, campaign);
  return campaign;
}

/** The public ids of a run's messages, as its provider names them, in the order of their customers. */
export async function publicIdsOf(owner: Sql, { runNumber }: LaunchedCampaign): Promise<string[]> {
  const rows = await owner<{ part: number; seq: number }[]>`
    select part, seq from executions where run_number = ${runNumber} order by seq`;
  return rows.map(({ part, seq }) => encodePublicId({ part, runNumber, seq }));
}

/** Expects the roll-ups and reasons to stand as the rows say that they must. */
export async function expectRecounted(owner: Sql, { runNumber }: LaunchedCampaign): Promise<void> {
  const counted = await owner`
    select c.bucket, c.channel, c.variant, c.counter, c.n::int as n
    from (select part, array_agg(seq) as seqs from executions where run_number = ${runNumber} group by part) e,
      execution_counts(e.part, ${runNumber}, e.seqs) c where position(' ' in c.counter) = 0 order by 1, 2, 3, 4`;
  const kept = await owner`
    select r.bucket, r.channel, r.variant, v.key as counter, v.value::int as n from run_rollups r,
      jsonb_each_text(to_jsonb(r) - '{workspace_id,run_number,campaign_id,bucket,channel,variant,opened,clicked,folded}'::text[]) v
    where r.run_number = ${runNumber} and v.value <> '0' order by 1, 2, 3, 4`;
  expect([...kept]).toEqual([...counted]);
}

/** What became of each message, as the list of recipients shows it: `failed not_delivered`, `sent`. */
export async function statesOf(ctx: Context, { campaignId }: LaunchedCampaign): Promise<string[]> {
  const { rows } = await listRecipients(ctx, { campaignId });
  return rows.map(({ state, reason }) => (reason && state !== "sent" ? `${state} ${reason}` : state));
}
