import { eq } from "drizzle-orm";
import { templateUses } from "@/db/schema/templates";
import { workspaces } from "@/db/schema/workspaces";
import { type Transaction, withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { insertDraft } from "@/server/campaigns";
import type { Bodies } from "@/server/campaigns/content";
import type { DraftFields } from "@/server/campaigns/schemas";
import { campaignBuilders, purposeOf } from "@/server/campaigns/status";
import { ensureTemplates, findRegistered } from "@/server/channels";
import type { Channel } from "@/server/channels/status";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { countryOfLocale } from "@/server/platform/country";
import { AppError, required } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { BUTTON_ADDRESS, linksIn, templateCategoryOf, withLinks } from "./compilable";
import { findTemplate, findVersion, type TemplateRow, templateTopics } from "./find";
import { companyOf, readLinks, writeLinks } from "./links";
import { linkLabels, type TemplateContent, type UseTemplateInput, useTemplateInput } from "./schemas";
import { templateEditors } from "./status";

/** Why a channel of the template is not among those of the draft; its words are there all the same. */
export type LeftOut = { channel: Channel; reason: "not_approved" | "not_registered" };

/**
 * Begins a draft with everything the template says, and what the caller says instead: category, goal, channels, languages, bodies and fallbacks, and counts
 * the use. A channel that may not send these words yet (a WhatsApp template that is not approved, an Indian SMS that is not
 * registered) is filled in and left out of the draft's channels.
 * @throws AppError BAD_INPUT with `details.code` `links_missing` while the workspace has not said where a button leads;
 * CONFLICT when the template is archived; FORBIDDEN; NOT_FOUND
 */
export async function draftFromTemplate(
  ctx: Context,
  input: UseTemplateInput,
  over: Partial<Omit<DraftFields, "category" | "ownerId">> = {},
): Promise<{ campaignId: string; leftOut: LeftOut[] }> {
  requireRole(ctx, ...campaignBuilders);
  const { id, links } = useTemplateInput.parse(input);
  // Where a button leads, everybody's messages follow.
  if (Object.keys(links).length > 0) requireRole(ctx, ...templateEditors);
  return withTransaction(ctx, async (tx) => {
    const template = await findTemplate(tx, ctx, id);
    if (template.archivedAt !== null)
      throw new AppError("CONFLICT", "This template is archived. Take it into use again first.");
    await writeLinks(tx, ctx, links);
    const { content } = await findVersion(tx, ctx, { id: template.id, version: template.version });
    const filled = await fillLinks(tx, ctx, content);
    const { bodies, leftOut } = await bodiesOf(tx, ctx, template, filled);
    const ready = template.channels.filter((channel) => !leftOut.some((each) => each.channel === channel));
    const { name, description, category, type, goal, languages } = template;
    const campaign = await insertDraft(
      tx,
      ctx,
      {
        name,
        description,
        category,
        type,
        goal,
        languages,
        // With nothing that may be sent, the builder says of each channel what it lacks.
        channels: ready.length > 0 ? ready : template.channels,
        bodies,
        fallbacks: filled.fallbacks,
        ...over,
      },
      { template: template.id, templateVersion: template.version },
    );
    await tx.insert(templateUses).values({
      workspaceId: ctx.workspaceId,
      campaignId: campaign.id,
      templateId: template.id,
      version: template.version,
      purpose: purposeOf(template.category),
      usedBy: ctx.actor.id,
    });
    await recordAudit(tx, ctx, {
      action: "template.used",
      subjectType: "template",
      subjectId: template.id,
      after: { campaign: campaign.id, version: template.version },
    });
    await bumpTopics(tx, ctx, ...templateTopics(template.id));
    return { campaignId: campaign.id, leftOut };
  });
}

/** What a template says where it is used without a campaign: on the channels that may send these words now. */
export type TemplateMessage = {
  category: TemplateRow["category"];
  languages: string[];
  channels: Channel[];
  bodies: Bodies;
  fallbacks: Record<string, string>;
};

/**
 * A template as one message, without a campaign. @throws AppError NOT_FOUND; CONFLICT when it is archived; BAD_INPUT `links_missing`
 */
export async function readTemplateMessage(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<TemplateMessage> {
  const template = await findTemplate(tx, ctx, id);
  if (template.archivedAt !== null)
    throw new AppError("CONFLICT", "This template is archived. Take it into use again first.");
  const { content } = await findVersion(tx, ctx, { id: template.id, version: template.version });
  const filled = await fillLinks(tx, ctx, content);
  const { bodies, leftOut } = await bodiesOf(tx, ctx, template, filled);
  const { category, languages } = template;
  const channels = template.channels.filter((channel) => !leftOut.some((each) => each.channel === channel));
  return { category, languages, channels, bodies, fallbacks: filled.fallbacks };
}

async function fillLinks(tx: Transaction, ctx: Context, content: TemplateContent): Promise<TemplateContent> {
  const links = await readLinks(tx, ctx);
  const [missing] = linksIn(content).filter((key) => links[key] === undefined);
  if (missing)
    throw new AppError(
      "BAD_INPUT",
      `Say first where “${linkLabels[missing]}” leads: this template has a button for it.`,
      { code: "links_missing", field: missing },
    );
  return withLinks(content, links);
}

/** The bodies as a campaign keeps them, with this workspace's WhatsApp templates and registered texts. */
async function bodiesOf(
  tx: Transaction,
  ctx: Context,
  template: TemplateRow,
  content: TemplateContent,
): Promise<{ bodies: Bodies; leftOut: LeftOut[] }> {
  const purpose = purposeOf(template.category);
  const chats = Object.entries(content.whatsapp ?? {});
  const kept = await ensureTemplates(tx, ctx, {
    name: whatsAppName(template),
    category: templateCategoryOf(purpose),
    wanted: chats.map(([language, { parts }]) => ({ language, parts: withHost(parts) })),
  });
  const companyName = await companyOf(tx, ctx);
  const texts = Object.entries(content.sms ?? {});
  const registered = await findRegistered(tx, ctx, {
    texts: texts.map(([, { text }]) => text.replace(/\{\{\s*company_name\s*\}\}/g, companyName)),
    purpose,
  });
  const leftOut: LeftOut[] = [];
  if (chats.length > 0 && (kept.length < chats.length || kept.some(({ approved }) => !approved)))
    leftOut.push({ channel: "whatsapp", reason: "not_approved" });
  if (texts.length > 0 && registered.includes(null) && (await isIndian(tx, ctx)))
    leftOut.push({ channel: "sms", reason: "not_registered" });
  const bodies: Bodies = {};
  if (content.email) bodies.email = content.email;
  if (texts.length > 0)
    bodies.sms = Object.fromEntries(
      texts.map(([language, { text }], nth) => [
        language,
        { text, ...(registered[nth] ?? { dltTemplateId: null, variables: [] }) },
      ]),
    );
  if (chats.length > 0)
    bodies.whatsapp = Object.fromEntries(
      chats.map(([language, { parts: _, ...fills }]) => [
        language,
        { templateId: kept.find((each) => each.language === language)?.id ?? null, text: "", ...fills },
      ]),
    );
  return { bodies, leftOut };
}

/** WhatsApp takes small letters, digits and underscores. */
function whatsAppName({ seedKey, name, id }: TemplateRow): string {
  const plain = (seedKey ?? name).toLowerCase().replace(/[^a-z0-9]+/g, "_");
  return plain.replace(/^_+|_+$/g, "").slice(0, 60) || `template_${id.slice(-12)}`;
}

/** A button to the message's own link leads to this installation. */
const withHost = <Parts extends { buttons: { kind: string; url?: string }[] }>(parts: Parts): Parts => ({
  ...parts,
  buttons: parts.buttons.map((button) =>
    button.url === BUTTON_ADDRESS ? { ...button, url: `${env.RINGBACK_URL}/{{1}}` } : button,
  ),
});

async function isIndian(tx: Transaction, ctx: Context): Promise<boolean> {
  const [row] = await tx
    .select({ locale: workspaces.locale })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  return countryOfLocale(required(row, "workspace").locale) === "IN";
}
