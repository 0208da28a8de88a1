import { z } from "zod";
import { getCampaign, listCampaigns } from "@/server/campaigns";
import { createWholeCampaign } from "@/server/campaigns/create-whole";
import { deleteDraft } from "@/server/campaigns/delete-draft";
import { preflightCampaign } from "@/server/campaigns/preflight";
import { campaignBuilders, campaignGoals, campaignStatuses, campaignTypes } from "@/server/campaigns/status";
import { updateCampaign } from "@/server/campaigns/update";
import { channels } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { draftFromTemplate } from "@/server/template-library";
import { ownUnits } from "@/server/workspaces/own-units";
import { roleKeys } from "@/server/workspaces/roles";
import { draftOf } from "./campaign-fields";
import { campaign, changeBody, createBody } from "./campaign-schema";
import { campaignData } from "./campaign-view";
import { counted } from "./counted";
import { staleAs, versionFor } from "./if-match";
import { majorOf, money, percent, percentOf } from "./money";
import { operation } from "./operation";

/** What a message is about unless somebody says it: promotion, which needs consent. */
const USUAL_CATEGORY = "newsletter";

/** A campaign as it stands, with the ETag of this state. */
export async function readCampaign(ctx: Context, id: string) {
  const row = await getCampaign(ctx, { id });
  const { timeZone: zone, currency } = await ownUnits(ctx);
  return { row, data: campaignData(row, { zone, currency }), etag: String(row.version) };
}

export const createCampaign = operation({
  id: "createCampaign",
  method: "POST",
  path: "/campaigns",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Begin a campaign as a draft, from words of its own or from a template",
  status: 201,
  body: createBody,
  example: {
    campaign_name: "Renewals in December",
    campaign_type: "retention",
    campaign_goal: "renewal_rate",
    category: "renewal_reminder",
    subject: "Your policy renews soon",
    message: 'Dear {{customer_name | default: "customer"}}, please renew in time.',
    channels: ["email"],
    target_audience: "active",
    schedule_type: "immediate",
  },
  data: campaign,
  handle: async ({ ctx, body }) => {
    const id = await begin(ctx, body);
    const { data, etag } = await readCampaign(ctx, id);
    return { data, etag, message: `“${data.campaign_name}” is a draft now.` };
  },
});

async function begin(ctx: Context, body: z.output<typeof createBody>): Promise<string> {
  const { message_template_id: templateId, ...fields } = body;
  const { category, ...draft } = await draftOf(ctx, fields, null);
  if (templateId) {
    if (category)
      throw new AppError("BAD_INPUT", "The template says what the message is about: leave category out.", {
        field: "category",
      });
    return (await draftFromTemplate(ctx, { id: templateId }, draft)).campaignId;
  }
  const bodies = draft.bodies ?? {};
  return (await createWholeCampaign(ctx, { ...draft, bodies, category: category ?? USUAL_CATEGORY })).id;
}

const line = z.object({
  campaign_id: z.uuid(),
  campaign_name: z.string(),
  campaign_type: z.enum(campaignTypes),
  campaign_goal: z.enum(campaignGoals),
  status: z.enum(campaignStatuses),
  primary_channel: z.enum(channels).nullable(),
  channels: z.array(z.enum(channels)),
  tags: z.array(z.string()),
  owner_name: z.string().nullable(),
  is_automated: z.boolean(),
  scheduled_at: z.string().nullable(),
  launched_at: z.string().nullable(),
  updated_at: z.string(),
  total_recipients: z.number().int(),
  total_sent: z.number().int(),
  total_delivered: z.number().int(),
  total_opened: z.number().int(),
  total_clicked: z.number().int(),
  total_converted: z.number().int(),
  delivery_rate: percent,
  open_rate: percent,
  click_rate: percent,
  conversion_rate: percent,
  total_revenue: money,
  currency: z.string(),
  roi: percent,
});

export const getCampaigns = operation({
  id: "listCampaigns",
  method: "GET",
  path: "/campaigns",
  scope: "campaigns:read",
  roles: roleKeys,
  summary: "List campaigns, newest first, with what came of them",
  status: 200,
  paged: true,
  query: z.strictObject({
    status: z.enum(campaignStatuses).optional(),
    type: z.enum(campaignTypes).optional(),
    search: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
    offset: z.coerce.number().int().min(0).max(10_000).default(0),
    cursor: z.string().max(400).optional(),
  }),
  data: z.array(line),
  handle: async ({ ctx, query: { status, type, search, cursor, ...page } }) => {
    const { rows, next, total } = await listCampaigns(ctx, {
      status: status ? [status] : [],
      type: type ? [type] : [],
      search,
      after: cursor,
      ...page,
    });
    const { currency } = await ownUnits(ctx);
    const data = rows.map((row) => ({
      campaign_id: row.id,
      campaign_name: row.name,
      campaign_type: row.type,
      campaign_goal: row.goal,
      status: row.status,
      primary_channel: row.channels[0] ?? null,
      channels: row.channels,
      tags: row.tags,
      owner_name: row.ownerName,
      is_automated: row.listening,
      scheduled_at: row.dueAt?.toISOString() ?? null,
      launched_at: row.launchedAt?.toISOString() ?? null,
      updated_at: row.updatedAt.toISOString(),
      total_recipients: row.targeted,
      total_sent: row.sent,
      total_delivered: row.delivered,
      total_opened: row.opened,
      total_clicked: row.clicked,
      total_converted: row.converted,
      delivery_rate: percentOf(row.deliveryRate),
      open_rate: percentOf(row.openRate),
      click_rate: percentOf(row.clickRate),
      conversion_rate: percentOf(row.conversionRate),
      total_revenue: majorOf(row.revenue),
      currency,
      roi: percentOf(row.roi),
    }));
    return { data, total, next_cursor: next, message: `${counted(total, "campaign")}.` };
  },
});

export const getOneCampaign = operation({
  id: "getCampaign",
  method: "GET",
  path: "/campaigns/{id}",
  scope: "campaigns:read",
  roles: roleKeys,
  summary: "One campaign as it stands, with whom it would reach",
  status: 200,
  tagged: true,
  data: campaign,
  handle: async ({ ctx, params: { id = "" } }) => {
    const { row, data, etag } = await readCampaign(ctx, id);
    const reach = row.run ? row.run.audienceSize : (await preflightCampaign(ctx, { id })).reachable;
    return { data: { ...data, estimated_reach: reach }, etag, message: "The campaign as it stands." };
  },
});

export const putCampaign = operation({
  id: "updateCampaign",
  method: "PUT",
  path: "/campaigns/{id}",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Change a draft; what is left out stays as it is",
  status: 200,
  tagged: true,
  body: changeBody,
  example: { campaign_name: "Renewals in January", budget: 25_000 },
  data: campaign,
  handle: async ({ ctx, params: { id = "" }, body, ifMatch }) => {
    const before = await getCampaign(ctx, { id });
    const version = versionFor(before.version, ifMatch);
    const changes = await draftOf(ctx, body, before);
    await updateCampaign(ctx, { id, version, changes }).catch(staleAs(ifMatch));
    const { data, etag } = await readCampaign(ctx, id);
    return { data, etag, message: "The campaign was changed." };
  },
});

export const deleteCampaign = operation({
  id: "deleteCampaign",
  method: "DELETE",
  path: "/campaigns/{id}",
  scope: "campaigns:write",
  roles: campaignBuilders,
  summary: "Delete a draft; one that was launched is cancelled instead, and stays",
  status: 200,
  data: z.object({ campaign_id: z.uuid() }),
  handle: async ({ ctx, params: { id = "" } }) => {
    await deleteDraft(ctx, { id });
    return { data: { campaign_id: id }, message: "The draft was deleted." };
  },
});
