import type { TestDatabase } from "@/db/testing/database";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import type { AbTest, Variant } from "@/server/campaigns/content";
import { getCampaign } from "@/server/campaigns/get";
import { launchCampaign } from "@/server/campaigns/launch";
import { grantConsent, makeCampaign } from "@/server/campaigns/testing/arrange";
import { updateCampaign } from "@/server/campaigns/update";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { drain } from "@/server/deliveries/testing/drain";
import { beginTest } from "../content";

export const CUSTOMERS = 300;

/** The body of a mail with this subject. */
export const mail = (subject: string, body = "Hello {{customer_name}}, [renew](https://a.test/a)") => ({
  email: { en: { subject, preheader: "", body } },
});
/** What a campaign says before it tests anything. */
export const said = { bodies: mail("First"), channels: ["email" as const] };
/** No subjects of its own. */
export const nothing: Variant["subjects"] = {};

/** A test of two subjects, half each; `over` turns one of its settings. */
export const subjects = (over: Partial<AbTest> = {}): AbTest => {
  const begun = beginTest("subject", said);
  const variants = begun.variants.map((variant, nth) => ({
    ...variant,
    subjects: nth === 0 ? nothing : { en: "Second" },
  }));
  return { ...begun, variants, ...over };
};

/** A workspace of 300 customers who may be mailed, and what is done with campaigns there. */
export async function testedWorkspace(db: TestDatabase) {
  await db.setClock("2026-11-26T15:00:00+05:30");
  const ctx = await makeMember(db.owner, await makeWorkspace(db.owner), "marketer");
  const ids = await makeCustomers(db.owner, ctx.workspaceId, CUSTOMERS);
  await grantConsent(db.owner, ctx.workspaceId, ids);

  const draft = async (abTest: AbTest | null): Promise<string> => {
    const id = await makeCampaign(db.owner, ctx, { bodies: said.bodies });
    await updateCampaign(ctx, { id, version: 1, changes: { abTest } });
    return id;
  };
  /** Launched, frozen, and everything sent that may go. */
  const sent = async (abTest: AbTest) => {
    const id = await draft(abTest);
    const { version } = await getCampaign(ctx, { id });
    const { runNumber } = await launchCampaign(ctx, { id, version });
    await freezeRun(ctx, { runNumber });
    await drain();
    return { id, campaignId: id, runNumber };
  };
  const inbox = (campaignId: string) => db.owner<{ customer: string; subject: string; text: string }[]>`
    select customer_id as customer, subject, text from sandbox_messages where campaign_id = ${campaignId} order by 1`;
  /** Messages by subject. */
  const counts = async (campaignId: string): Promise<Record<string, number>> => {
    const found: Record<string, number> = {};
    for (const { subject } of await inbox(campaignId)) found[subject] = (found[subject] ?? 0) + 1;
    return found;
  };
  /** Has customers of a variant click, as far as the roll-ups know. */
  const click = (runNumber: number, variant: number, clicked: number, delivered: number) => db.owner`
    update run_rollups set clicked = ${clicked}, delivered = ${delivered}, sent = ${delivered}
    where run_number = ${runNumber} and variant = ${variant}`;
  return { ctx, ids, draft, sent, inbox, counts, click };
}
