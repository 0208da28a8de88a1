import { withTransaction } from "@/db/transaction";
import { type Chosen, getCampaign, readChosen } from "@/server/campaigns";
import type { Bodies } from "@/server/campaigns/content";
import { isBlank } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { templateTopics } from "./find";
import { type SaveTemplateInput, saveTemplateInput, type TemplateContent } from "./schemas";
import { templateEditors } from "./status";
import { insertTemplate } from "./write-version";

/**
 * Keeps what a campaign says as a template: its channels with words, their languages, fallbacks, category and goal.
 * Audience, schedule and budget stay behind. Returns the template's id.
 * @throws AppError BAD_INPUT when nothing is written; CONFLICT with `field` `name` when the name is taken; FORBIDDEN; NOT_FOUND
 */
export async function saveFromCampaign(ctx: Context, input: SaveTemplateInput): Promise<{ id: string }> {
  requireRole(ctx, ...templateEditors);
  const { campaignId, name, description } = saveTemplateInput.parse(input);
  const campaign = await getCampaign(ctx, { id: campaignId });
  return withTransaction(ctx, async (tx) => {
    const { category, type, goal, bodies, fallbacks } = campaign;
    const content = contentOf(bodies, await readChosen(tx, ctx, bodies), fallbacks);
    const written = (channel: Channel, language: string) => content[channel]?.[language] !== undefined;
    const channels = campaign.channels.filter((channel) =>
      campaign.languages.some((language) => written(channel, language)),
    );
    const languages = campaign.languages.filter((language) =>
      channels.some((channel) => written(channel, language)),
    );
    if (channels.length === 0)
      throw new AppError(
        "BAD_INPUT",
        "Nothing is written in this campaign yet that a template could keep. Write a message first.",
        { field: "content" },
      );
    const fields = { name, description, category, type, goal, channels, languages, content };
    const id = await insertTemplate(tx, ctx, fields, { cause: "saved", note: `“${campaign.name}”` });
    await recordAudit(tx, ctx, {
      action: "template.created",
      subjectType: "template",
      subjectId: id,
      after: { name, campaign: campaign.id },
    });
    await bumpTopics(tx, ctx, ...templateTopics(id));
    return { id };
  });
}

/** Bodies without what belongs to one account: chosen templates and registered texts are kept as their words. */
function contentOf(
  bodies: Bodies,
  { templates, registrations }: Chosen,
  fallbacks: Record<string, string>,
): TemplateContent {
  const content: TemplateContent = { fallbacks };
  const email = written(bodies, "email", bodies.email, (body) => body);
  const sms = written(bodies, "sms", bodies.sms, ({ text, dltTemplateId, variables }) => {
    const registered = dltTemplateId === null ? undefined : registrations[dltTemplateId];
    return { text: registered ? filled(registered.text, variables) : text };
  });
  const whatsapp = written(bodies, "whatsapp", bodies.whatsapp, ({ templateId, text: _, ...fills }) => {
    const template = templateId === null ? undefined : templates[templateId];
    // Free text answers one customer; a template is for many.
    return template ? { parts: template.parts, ...fills } : null;
  });
  return {
    ...content,
    ...(email && { email }),
    ...(sms && { sms }),
    ...(whatsapp && { whatsapp }),
  };
}

function written<From, To>(
  bodies: Bodies,
  channel: Channel,
  all: Record<string, From> | undefined,
  make: (body: From) => To | null,
): Record<string, To> | undefined {
  const kept = Object.entries(all ?? {}).flatMap(([language, body]): [string, To][] => {
    const made = isBlank(bodies, channel, language) ? null : make(body);
    return made === null ? [] : [[language, made]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A registered text with its places filled, in order. */
function filled(text: string, variables: readonly string[]): string {
  let at = 0;
  return text.replace(/\{#\s*[a-z]+\s*#\}/gi, () => variables[at++] ?? "");
}
