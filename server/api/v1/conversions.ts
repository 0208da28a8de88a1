import { z } from "zod";
import { channels } from "@/server/channels/status";
import { correctConversion, listConversions, recordConversions } from "@/server/conversions";
import {
  amount,
  conversionInput,
  MOST_CONVERSIONS,
  recordConversionsInput,
} from "@/server/conversions/schemas";
import {
  conversionEditors,
  conversionReaders,
  conversionSources,
  discountReasons,
  touchKinds,
} from "@/server/conversions/status";
import { AppError } from "@/server/platform/errors";
import { counted } from "./counted";
import { marked } from "./marked";
import { majorOf, money } from "./money";
import { operation } from "./operation";
import { place } from "./place";

const outcome = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("recorded"),
    conversion_id: z.uuid(),
    customer_id: z.uuid(),
    /** The campaign whose message was the last touch in its window; null when none was. */
    campaign_id: z.uuid().nullable(),
  }),
  z.object({ status: z.literal("duplicate") }),
  z.object({ status: z.literal("refused"), reason: z.string() }),
]);

/** One conversion, or a batch of them. */
export const sendConversions = operation({
  id: "recordConversions",
  method: "POST",
  path: "/conversions",
  scope: "conversions:write",
  roles: conversionEditors,
  summary: "Record one conversion, or up to 1,000; each is credited to the last touch in its window",
  status: 201,
  body: z.preprocess(
    (body) => (isBatch(body) ? body : { conversions: [body], single: true }),
    recordConversionsInput.extend({ single: z.boolean().default(false) }),
  ),
  described: z.union([
    conversionInput,
    recordConversionsInput.extend({ conversions: z.array(conversionInput).min(1).max(MOST_CONVERSIONS) }),
  ]),
  example: {
    conversions: [
      {
        id: "receipt-4711",
        customer: { external_id: "CRM-1001" },
        name: "premium_paid",
        value: 12_500,
        currency: "INR",
        occurred_at: "2026-03-31T10:00:00+05:30",
      },
    ],
  },
  most: { field: "conversions", count: MOST_CONVERSIONS },
  data: z.object({
    recorded: z.number().int(),
    duplicates: z.number().int(),
    refused: z.number().int(),
    /** What became of each conversion, in the order of the batch. */
    results: z.array(outcome),
  }),
  handle: async ({ ctx, mark, body: { single, conversions } }) => {
    const results = await recordConversions(ctx, { conversions: marked(conversions, mark) });
    const [only] = results;
    if (single && only?.status === "refused") throw new AppError("BAD_INPUT", only.reason);
    const count = (status: (typeof results)[number]["status"]) =>
      results.filter((one) => one.status === status).length;
    const data = {
      recorded: count("recorded"),
      duplicates: count("duplicate"),
      refused: count("refused"),
      results,
    };
    const message = `${counted(data.recorded, "conversion")} recorded, ${data.duplicates} known already, ${data.refused} refused.`;
    return { data, message };
  },
});

const isBatch = (body: unknown): boolean =>
  typeof body !== "object" || body === null || "conversions" in body;

export const getConversions = operation({
  id: "listConversions",
  method: "GET",
  path: "/conversions",
  scope: "conversions:read",
  roles: conversionReaders,
  summary: "List conversions with the touches that they are credited to, the one told last first",
  status: 200,
  paged: true,
  query: place.extend({ campaign_id: z.string().optional(), customer_id: z.string().optional() }),
  data: z.array(
    z.object({
      conversion_id: z.uuid(),
      customer_id: z.uuid(),
      source: z.enum(conversionSources),
      name: z.string().nullable(),
      value: money,
      currency: z.string(),
      occurred_at: z.string(),
      received_at: z.string(),
      campaign_id: z.uuid().nullable(),
      channel: z.enum(channels).nullable(),
      touch: z.enum(touchKinds).nullable(),
      touched_at: z.string().nullable(),
      window_ends_at: z.string().nullable(),
      /** What else touched the customer in time, newest first. */
      touches: z.array(
        z.object({
          campaign_id: z.uuid(),
          channel: z.enum(channels),
          touch: z.enum(touchKinds),
          touched_at: z.string(),
          window_ends_at: z.string(),
        }),
      ),
      /** Why it does not count any more; null: it counts. */
      discounted_for: z.enum(discountReasons).nullable(),
    }),
  ),
  handle: async ({ ctx, query: { campaign_id, customer_id, cursor, limit } }) => {
    const { rows, next } = await listConversions(ctx, {
      campaignId: campaign_id,
      customerId: customer_id,
      after: cursor,
      limit,
    });
    const data = rows.map((row) => ({
      conversion_id: row.id,
      customer_id: row.customerId,
      source: row.source,
      name: row.name,
      value: majorOf(row.value),
      currency: row.currency,
      occurred_at: row.occurredAt,
      received_at: row.receivedAt,
      campaign_id: row.campaignId,
      channel: row.channel,
      touch: row.touchKind,
      touched_at: row.touchedAt,
      window_ends_at: row.windowEndsAt,
      touches: row.touches.map(({ campaignId, channel, kind, at, windowEndsAt }) => ({
        campaign_id: campaignId,
        channel,
        touch: kind,
        touched_at: at,
        window_ends_at: windowEndsAt,
      })),
      discounted_for: row.discountedFor,
    }));
    return { data, next_cursor: next, message: `${counted(data.length, "conversion")}.` };
  },
});

export const patchConversion = operation({
  id: "correctConversion",
  method: "PATCH",
  path: "/conversions/{id}",
  scope: "conversions:write",
  roles: conversionEditors,
  summary: "Correct what a conversion is worth, or whether it counts",
  status: 200,
  body: z.strictObject({
    value: amount.optional(),
    /** Null: it counts again. */
    discounted_for: z.enum(discountReasons).nullable().optional(),
  }),
  example: { value: 12_500 },
  data: z.object({ conversion_id: z.uuid() }),
  handle: async ({ ctx, params: { id = "" }, body: { value, discounted_for } }) => {
    await correctConversion(ctx, { id, value, discountedFor: discounted_for });
    return { data: { conversion_id: id }, message: "The conversion was corrected." };
  },
});
