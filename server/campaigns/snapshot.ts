import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import type { Transaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { frozenVariants } from "@/server/variants/content";
import { readChosen } from "./chosen";
import { type AbTest, type Bodies, brandingSchema, type RunContent, slugOf } from "./content";
import { purposeOf } from "./status";
import type { CampaignRow } from "./transition";

/** What of a campaign, saved or not, says what is sent. */
export type Content = Pick<
  CampaignRow,
  | "category"
  | "channels"
  | "languages"
  | "bodies"
  | "fallbacks"
  | "attachments"
  | "utm"
  | "tracking"
  | "senderName"
> & { abTest?: CampaignRow["abTest"]; schedule?: CampaignRow["schedule"] };

export type OwnWorkspace = Awaited<ReturnType<typeof ownWorkspace>>;

/** The asker's workspace, as far as messages speak of it. */
export async function ownWorkspace(tx: Transaction, ctx: Context) {
  const [row] = await tx
    .select({
      name: workspaces.name,
      timeZone: workspaces.timeZone,
      locale: workspaces.locale,
      currency: workspaces.currency,
      approvalRequired: workspaces.approvalRequired,
      branding: workspaces.branding,
      utm: workspaces.utm,
    })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  return required(row, "workspace");
}

/**
 * The content as a run would freeze it now: with the templates, registered texts and attributes that it speaks of, and the
 * workspace's branding. Launch, pre-flight, preview and test send are made of the same.
 */
export async function snapshotOf(
  tx: Transaction,
  ctx: Context,
  campaign: Content & { name: string },
  workspace: OwnWorkspace,
): Promise<RunContent> {
  const { category, channels, languages, bodies, fallbacks, attachments, tracking } = campaign;
  const branding = brandingSchema.parse(workspace.branding);
  const companyName = branding.companyName || workspace.name;
  const attributes = await readAttributes(tx, ctx);
  const utm = campaign.utm ?? workspace.utm;
  const abTest = campaign.abTest ?? null;
  const variants = frozenVariants({ bodies, channels }, abTest);
  return {
    category,
    purpose: purposeOf(category),
    channels,
    languages,
    bodies,
    fallbacks,
    attachments,
    attributes: Object.fromEntries(
      attributes.filter(({ archived }) => !archived).map(({ key, type }) => [key, type]),
    ),
    ...(await readChosen(
      tx,
      ctx,
      bodies,
      ...variants.flatMap((variant) => variant.bodies ?? []),
      ...ownBodies(campaign.schedule, languages[0]),
    )),
    variants,
    abTest: abTest && rulesOf(abTest),
    branding,
    // Without a source, analytics could not say where a visit came from: then nothing is added.
    utm: utm && utm.source !== "" ? { ...utm, campaign: utm.campaign || slugOf(campaign.name) } : null,
    tracking,
    currency: workspace.currency,
    companyName,
    fromName: campaign.senderName ?? branding.senderNames[0] ?? companyName,
    sendAt: null,
    followUps: [],
    linkBase: 0,
    steps: [],
    exits: [],
    policyTypes: [],
  };
}

/** What an automation's follow-ups say in words of their own. */
const ownBodies = (schedule: Content["schedule"], language = "en"): Bodies[] =>
  schedule?.kind === "automated"
    ? schedule.steps.flatMap((step) =>
        step.do === "send" && step.own
          ? [
              {
                ...(step.own.sms && { sms: { [language]: step.own.sms } }),
                ...(step.own.whatsapp && { whatsapp: { [language]: step.own.whatsapp } }),
              },
            ]
          : [],
      )
    : [];

/** How a test is decided, without what its variants say. */
function rulesOf({ variants: _, ...rules }: AbTest): NonNullable<RunContent["abTest"]> {
  return rules;
}
