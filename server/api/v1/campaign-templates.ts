import { z } from "zod";
import { campaignBuilders, campaignCategories, campaignGoals } from "@/server/campaigns/status";
import { channels } from "@/server/channels/status";
import { listRecommendations } from "@/server/recommendations/list";
import { recommendationKinds, recommendations } from "@/server/recommendations/status";
import { draftFromTemplate } from "@/server/template-library";
import { listTemplates } from "@/server/template-library/list";
import { readTemplateWords } from "@/server/template-library/read-words";
import { linkKeys, type TemplateContent } from "@/server/template-library/schemas";
import { ownUnits } from "@/server/workspaces/own-units";
import { roleKeys } from "@/server/workspaces/roles";
import { draftOf } from "./campaign-fields";
import { campaign, campaignFields } from "./campaign-schema";
import { tagsIn, textOf, type Words } from "./campaign-words";
import { readCampaign } from "./campaigns";
import { counted } from "./counted";
import { majorOf, money, percent, percentOf } from "./money";
import { operation } from "./operation";
import { place } from "./place";

const template = z.object({
  template_id: z.uuid(),
  template_name: z.string(),
  description: z.string(),
  category: z.enum(campaignCategories),
  goal: z.enum(campaignGoals),
  channels: z.array(z.enum(channels)),
  languages: z.array(z.string()),
  /** In its first language; null for one without a mail. */
  subject_template: z.string().nullable(),
  message_template: z.string(),
  personalization_tags: z.array(z.string()),
  /** Campaigns that began with it, and their copies; drafts count too. */
  usage_count: z.number().int(),
  /** Of all campaigns that began with it; null until one that measures conversions was launched. */
  average_roi: percent,
  approved: z.boolean(),
});

export const getTemplates = operation({
  id: "listCampaignTemplates",
  method: "GET",
  path: "/campaigns/templates",
  scope: "campaigns:read",
  roles: roleKeys,
  summary: "List templates that campaigns begin with, and what came of them",
  status: 200,
  paged: true,
  query: place.extend({
    category: z.enum(campaignCategories).optional(),
    search: z.string().trim().max(100).optional(),
  }),
  data: z.array(template),
  handle: async ({ ctx, query: { category, search, cursor, limit } }) => {
    const page = await listTemplates(ctx, {
      category: category ? [category] : [],
      search,
      after: cursor,
      limit,
    });
    const contents = await readTemplateWords(
      ctx,
      page.rows.map(({ id }) => id),
    );
    const data = page.rows.map((row) => {
      const words = wordsIn(contents.get(row.id), row.languages[0] ?? "en");
      return {
        template_id: row.id,
        template_name: row.name,
        description: row.description,
        category: row.category,
        goal: row.goal,
        channels: row.channels,
        languages: row.languages,
        subject_template: words.subject,
        message_template: words.message ?? "",
        personalization_tags: tagsIn(words.subject, words.message),
        usage_count: row.results.uses,
        average_roi: percentOf(row.results.roi),
        approved: row.approved,
      };
    });
    return {
      data,
      total: page.total,
      next_cursor: page.next,
      message: `${counted(page.total, "template")}.`,
    };
  },
});

/** What a template says in a language: the mail, else the SMS, else the WhatsApp message. */
function wordsIn(content: TemplateContent | undefined, language: string): Words {
  const mail = content?.email?.[language];
  if (mail)
    return { subject: mail.subject, message: typeof mail.body === "string" ? mail.body : textOf(mail.body) };
  const text = content?.sms?.[language]?.text ?? content?.whatsapp?.[language]?.parts.body ?? null;
  return { subject: null, message: text };
}

export const createFromTemplate = operation({
  id: "createCampaignFromTemplate",
  method: "POST",
  path: "/campaigns/templates/{id}/create",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Begin a campaign with everything a template says",
  status: 200,
  bodyOptional: true,
  body: campaignFields
    .omit({ category: true })
    .partial()
    .extend({
      /** Where buttons lead that the workspace has not said yet; kept for the next time. */
      links: z.partialRecord(z.enum(linkKeys), z.string().max(500)).optional(),
    }),
  example: { campaign_name: "Renewals in December", channels: ["email"] },
  data: campaign,
  handle: async ({ ctx, params: { id = "" }, body: { links, ...fields } }) => {
    const { category: _, ...draft } = await draftOf(ctx, fields, null);
    const { campaignId } = await draftFromTemplate(ctx, { id, ...(links ? { links } : {}) }, draft);
    const { data } = await readCampaign(ctx, campaignId);
    return { data, message: `“${data.campaign_name}” was created from template.` };
  },
});

export const getRecommendations = operation({
  id: "listRecommendations",
  method: "GET",
  path: "/campaigns/recommendations",
  scope: "campaigns:read",
  roles: campaignBuilders,
  summary: "What the workspace's own data calls for now, the most pressing first",
  status: 200,
  data: z.array(
    z.object({
      type: z.enum(recommendationKinds),
      title: z.string(),
      description: z.string(),
      /** Whom it is for, in words. */
      target_audience: z.string(),
      suggested_channel: z.enum(channels).nullable(),
      /** Customers who may be sent it now. */
      estimated_reach: z.number().int(),
      /** What the template's campaigns have returned so far; null until one was measured. */
      potential_roi: percent,
      /** Premium at stake; null where there is none to sum. */
      value_at_stake: money.nullable(),
      currency: z.string(),
      template_id: z.uuid(),
    }),
  ),
  handle: async ({ ctx }) => {
    const found = await listRecommendations(ctx);
    const { currency } = await ownUnits(ctx);
    const templates = await listTemplates(ctx, { limit: 100 });
    const roi = new Map(templates.rows.map(({ id, results }) => [id, results.roi]));
    const data = found.map(({ kind, customers, reachable, value, template: { id }, channels: own }) => ({
      type: kind,
      title: recommendations[kind].title,
      description: recommendations[kind].reason,
      target_audience: `${counted(customers, "customer")} of the segment “${recommendations[kind].segment}”`,
      suggested_channel: own[0] ?? null,
      estimated_reach: reachable,
      potential_roi: percentOf(roi.get(id) ?? null),
      value_at_stake: value === null ? null : majorOf(value),
      currency,
      template_id: id,
    }));
    return { data, message: `${counted(data.length, "recommendation")}.` };
  },
});
