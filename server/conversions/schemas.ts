import { z } from "zod";
import { customerRef, eventName } from "@/server/events/schemas";
import {
  conversionSources,
  conversionStates,
  customerFields,
  discountReasons,
  fileFieldNames,
} from "./status";

/** The most conversions that one batch may hold. */
export const MOST_CONVERSIONS = 1_000;

/** An amount in the currency's unit, as systems write it; sums of many stay in what a bigint column holds. */
export const amount = z
  .number("value is a number, like 12500.50.")
  .min(0, "value is 0 or more.")
  .max(999_999_999_999, "value is too large.");

/** One conversion as a sender writes it. */
export const conversionInput = z.object({
  /** The sender's own id: the same one twice is one conversion. */
  id: z.string().trim().min(1).max(200).optional(),
  customer: customerRef,
  /** With a name, the campaigns that measure this event may be credited; without one, every campaign. */
  name: eventName.optional(),
  /** The only campaign that may be credited. */
  campaign_id: z.uuid("campaign_id is the id of a campaign.").optional(),
  /** In the currency's unit. */
  value: amount.default(0),
  /** ISO 4217; the workspace's when left out. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "currency is a code like INR.")
    .optional(),
  policy_number: z.string().trim().min(1).max(100).optional(),
  /** When it happened, with an offset; the moment of arrival when left out. */
  occurred_at: z.iso
    .datetime({ offset: true, message: "occurred_at is a time with an offset: 2026-03-31T10:00:00+05:30." })
    .optional(),
});
export type ConversionInput = z.infer<typeof conversionInput>;

/** A batch. Each conversion is judged by itself, so that one bad row does not hold up the others. */
export const recordConversionsInput = z.object({
  conversions: z
    .array(z.unknown())
    .min(1, "Send at least one conversion.")
    .max(MOST_CONVERSIONS, `Send at most ${MOST_CONVERSIONS} conversions at once.`),
});
export type RecordConversionsInput = z.input<typeof recordConversionsInput>;

/** What became of each conversion, in the order of the batch; `campaign_id` is the credited campaign. */
export type ConversionOutcome =
  | { status: "recorded"; conversion_id: string; customer_id: string; campaign_id: string | null }
  | { status: "duplicate" }
  | { status: "refused"; reason: string };

/** What stands wrong about a conversion: its value, or that it counts. */
export const correctConversionInput = z
  .object({
    id: z.string(),
    value: amount.optional(),
    /** Why it does not count; null: it counts. */
    discountedFor: z.enum(discountReasons).nullable().optional(),
  })
  .refine(({ value, discountedFor }) => value !== undefined || discountedFor !== undefined, {
    message: "Say what to correct: the value, or whether it counts.",
  });
export type CorrectConversionInput = z.input<typeof correctConversionInput>;

export const listConversionsInput = z.object({
  campaignId: z.string().optional(),
  customerId: z.string().optional(),
  after: z.uuid("This place in the list is unknown. Begin at its first page.").optional(),
  limit: z.number().int().min(1).max(100).default(50),
});
export type ListConversionsInput = z.input<typeof listConversionsInput>;

export const conversionId = z.object({ id: z.string() });

const place = z.uuid("This place in the list is unknown. Begin at its first page.").optional();

export const browseInput = z.object({
  /** Part of the customer's name, address or number. */
  search: z.string().trim().max(100).default(""),
  campaign: z.array(z.uuid()).max(50).default([]),
  source: z.array(z.enum(conversionSources)).default([]),
  state: z.array(z.enum(conversionStates)).default([]),
  after: place,
  before: place,
});
export type BrowseInput = z.input<typeof browseInput>;

type Query = Record<string, string | string[] | undefined>;

/** The list that an address asks for; what it cannot mean is left out. */
export function browseInputOf(query: Query): z.output<typeof browseInput> {
  const all = (key: string): string[] => [query[key] ?? []].flat();
  const known = <T extends string>(key: string, values: readonly T[]) =>
    values.filter((value) => all(key).includes(value));
  const id = (key: string) => all(key).find((value) => z.uuid().safeParse(value).success);
  return browseInput.parse({
    search: all("q")[0]?.slice(0, 100),
    campaign: all("campaign").filter((value) => z.uuid().safeParse(value).success),
    source: known("source", conversionSources),
    state: known("state", conversionStates),
    after: id("after"),
    before: id("after") ? undefined : id("before"),
  });
}

/** Most bytes of one file. */
export const MOST_FILE_BYTES = 2_000_000;

/** A file of at most two megabytes. */
export const beginFileInput = z.object({
  name: z.string().trim().min(1).max(200),
  text: z
    .string()
    .min(1, "The file is empty.")
    .max(MOST_FILE_BYTES, "Upload at most 2 MB at once. Split the file."),
});
export type BeginFileInput = z.input<typeof beginFileInput>;

export const fileId = z.object({ id: z.string() });

export const mappedFileInput = fileId.extend({
  mapping: z
    .record(z.string().max(200), z.enum(fileFieldNames))
    .refine(
      (mapping) => Object.values(mapping).some((field) => customerFields.some((each) => each === field)),
      {
        message: "Say which column names the customer: its customer ID, phone or e-mail.",
      },
    )
    .refine((mapping) => new Set(Object.values(mapping)).size === Object.values(mapping).length, {
      message: "Two columns hold the same. Leave one of them out.",
    }),
});
export type MappedFileInput = z.input<typeof mappedFileInput>;
