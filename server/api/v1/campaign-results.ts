import { z } from "zod";
import { campaignBreakdown } from "@/server/analytics/breakdown";
import { campaignAnalytics } from "@/server/analytics/campaign";
import { campaignCourse } from "@/server/analytics/course";
import { moneyOf, rateOf } from "@/server/analytics/status";
import { getCampaign } from "@/server/campaigns";
import { campaignStatuses, campaignTypes } from "@/server/campaigns/status";
import { channels } from "@/server/channels/status";
import { listRecipients } from "@/server/deliveries/list-recipients";
import { executionStates, reactions } from "@/server/deliveries/status";
import type { Context } from "@/server/platform/context";
import { listResponses } from "@/server/responses/list";
import { mayReadResponses } from "@/server/responses/status";
import { roleKeys } from "@/server/workspaces/roles";
import { majorOf, money, percent, percentOf } from "./money";
import { operation } from "./operation";
import { place } from "./place";

const count = z.number().int();
const answer = z.object({
  customer_id: z.uuid().nullable(),
  customer_name: z.string().nullable(),
  channel: z.enum(channels),
  response: z.string(),
  /** What it was taken for. */
  class: z.string(),
  received_at: z.string(),
});

export const getAnalytics = operation({
  id: "getCampaignAnalytics",
  method: "GET",
  path: "/campaigns/{id}/analytics",
  scope: "campaigns:read",
  roles: roleKeys,
  summary: "What came of a campaign: counts, rates, money, by channel and by day",
  status: 200,
  data: z.object({
    campaign_id: z.uuid(),
    campaign_name: z.string(),
    campaign_type: z.enum(campaignTypes),
    status: z.enum(campaignStatuses),
    total_sent: count,
    total_delivered: count,
    total_opened: count,
    total_clicked: count,
    total_converted: count,
    delivery_rate: percent,
    open_rate: percent,
    click_rate: percent,
    conversion_rate: percent,
    currency: z.string(),
    total_revenue: money,
    revenue_generated: money,
    total_investment: money,
    roi: percent,
    /** The revenue at which the return is nothing. */
    break_even_amount: money.nullable(),
    channel_breakdown: z.array(
      z.object({ name: z.string(), sent: count, delivered: count, response_rate: percent }),
    ),
    performance_over_time: z.array(z.object({ day: z.string(), sent: count, opened: count, clicked: count })),
    /** The latest 50; empty for members who do not read responses. */
    customer_responses: z.array(answer),
  }),
  handle: async ({ ctx, params: { id = "" } }) => {
    const { name, type, status } = await getCampaign(ctx, { id });
    const { counts, economics, currency, measures } = await campaignAnalytics(ctx, { campaignId: id });
    const course = await campaignCourse(ctx, { campaignId: id, unit: "day" });
    const byChannel = await campaignBreakdown(ctx, { campaignId: id, by: "channel" });
    const amounts = moneyOf(economics, counts);
    const data = {
      campaign_id: id,
      campaign_name: name,
      campaign_type: type,
      status,
      total_sent: counts.sent,
      total_delivered: counts.delivered,
      total_opened: counts.opened,
      total_clicked: counts.clicked,
      total_converted: counts.converted,
      delivery_rate: percentOf(rateOf("delivery", counts)),
      open_rate: percentOf(rateOf("open", counts)),
      click_rate: percentOf(rateOf("click", counts)),
      conversion_rate: measures ? percentOf(rateOf("conversion", counts)) : null,
      currency,
      total_revenue: majorOf(counts.revenue),
      revenue_generated: majorOf(counts.revenue),
      total_investment: majorOf(amounts.cost),
      roi: measures ? percentOf(amounts.roi) : null,
      break_even_amount: amounts.breakEven === null ? null : majorOf(amounts.breakEven),
      channel_breakdown: byChannel.rows
        .filter(({ key }) => key !== "")
        .map((row) => ({
          name: row.key,
          sent: row.sent,
          delivered: row.delivered,
          response_rate: percentOf(rateOf("response", row)),
        })),
      performance_over_time: course.points.map(({ at, sent, opened, clicked }) => ({
        day: at.slice(0, 10),
        ...{ sent, opened, clicked },
      })),
      customer_responses: await responsesTo(ctx, id),
    };
    return { data, message: "Figures are counted from what was sent and what came back." };
  },
});

async function responsesTo(ctx: Context, campaignId: string): Promise<z.input<typeof answer>[]> {
  if (!ctx.role || !mayReadResponses(ctx.role)) return [];
  const { rows } = await listResponses(ctx, { campaign: [campaignId] });
  return rows.map((row) => ({
    customer_id: row.customerId,
    customer_name: row.customerName,
    channel: row.channel,
    response: row.text,
    class: row.class,
    received_at: row.at,
  }));
}

export const getRecipients = operation({
  id: "listCampaignRecipients",
  method: "GET",
  path: "/campaigns/{id}/recipients",
  scope: "campaigns:read",
  roles: roleKeys,
  summary: "List whom a campaign was for, in the order of sending, each with how it stands and why",
  status: 200,
  paged: true,
  query: place.extend({
    status: z.enum(executionStates).optional(),
    reason: z.string().max(60).optional(),
    did: z.enum(reactions).optional(),
    search: z.string().trim().max(100).optional(),
  }),
  data: z.array(
    z.object({
      message_id: z.string(),
      customer_id: z.uuid(),
      /** Empty once the customer was erased. */
      customer_name: z.string(),
      address: z.string().nullable(),
      status: z.enum(executionStates),
      reason: z.string().nullable(),
      detail: z.string().nullable(),
      at: z.string().nullable(),
      /** When one that waits goes again. */
      not_before: z.string().nullable(),
      opened: z.boolean(),
      clicked: z.boolean(),
    }),
  ),
  handle: async ({ ctx, params: { id = "" }, query: { status, cursor, limit, ...filters } }) => {
    await getCampaign(ctx, { id });
    const page = await listRecipients(
      ctx,
      { campaignId: id, state: status, after: cursor, ...filters },
      limit,
    );
    const data = page.rows.map((row) => ({
      message_id: row.publicId,
      customer_id: row.customerId,
      customer_name: row.name,
      address: row.address,
      status: row.state,
      reason: row.reason,
      detail: row.detail,
      at: row.at?.toISOString() ?? null,
      not_before: row.notBefore?.toISOString() ?? null,
      opened: row.opened,
      clicked: row.clicked,
    }));
    return { data, next_cursor: page.next, message: `${data.length} of this page.` };
  },
});
