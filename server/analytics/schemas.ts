import { z } from "zod";
import { recipientsInput } from "@/server/deliveries/schemas";
import { AppError } from "@/server/platform/errors";
import {
  courseUnits,
  dimensions,
  type ExperimentMetric,
  experimentMetrics,
  periodDays,
  renewalDimensions,
} from "./status";

export const ofCampaign = z.object({ campaignId: z.string() });

export const courseInput = ofCampaign.extend({
  /** Left out: hours while it is younger than three days, days afterwards. */
  unit: z.enum(courseUnits).optional(),
});
export type CourseInput = z.infer<typeof courseInput>;

export const breakdownInput = ofCampaign.extend({ by: z.enum(dimensions) });
export type BreakdownInput = z.infer<typeof breakdownInput>;

export const experimentInput = ofCampaign.extend({
  metric: z.enum(Object.keys(experimentMetrics) as [ExperimentMetric, ...ExperimentMetric[]]),
});
export type ExperimentInput = z.infer<typeof experimentInput>;

export const economicsInput = ofCampaign.extend({
  /** As people type it, in the workspace's currency. */
  fixedCost: z.string().trim().max(40),
  /** Percent of the revenue that stays: "35"; empty: not set. */
  margin: z
    .string()
    .trim()
    .refine((text) => text === "" || (/^\d{1,3}([.,]\d{1,2})?$/.test(text) && marginOf(text) !== null), {
      message: "Write a percentage above 0 and up to 100, or leave it empty.",
    }),
});
export type EconomicsInput = z.infer<typeof economicsInput>;

/** "35" → 0.35; null for nothing and for what is no margin. */
export function marginOf(text: string): number | null {
  const share = Number(text.replace(",", ".")) / 100;
  return text !== "" && share > 0 && share <= 1 ? share : null;
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "Choose a day.");

export const periodInput = z.object({
  days: z.number().int().min(1).max(366).default(30),
  /** The last day, in the workspace's zone; today when left out. */
  until: day.optional(),
});
export type PeriodInput = z.input<typeof periodInput>;

type Query = Record<string, string | string[] | undefined>;

/** The period that an address asks for; what it cannot mean is left out. */
export function periodInputOf(query: Query): z.output<typeof periodInput> {
  const days = Number([query.days].flat()[0]);
  return periodInput.parse({ days: periodDays.find((each) => each === days) });
}

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Choose a month.");

export const renewalsInput = z.object({
  /** Left out: this month. */
  month: month.optional(),
  by: z.enum(renewalDimensions).default("reminded"),
});
export type RenewalsInput = z.input<typeof renewalsInput>;

/** The months that an address asks for; what it cannot mean is left out. */
export function renewalsInputOf(query: Query): z.output<typeof renewalsInput> {
  const one = (key: string) => [query[key]].flat()[0];
  return renewalsInput.parse({
    month: month.safeParse(one("month")).data,
    by: renewalDimensions.find((each) => each === one("by")),
  });
}

const format = z.enum(["csv", "xlsx"]);

/** What can be taken away, as its screen shows it. */
export const exportInput = z.discriminatedUnion("table", [
  breakdownInput.extend({ table: z.literal("breakdown"), format }),
  courseInput.extend({ table: z.literal("course"), format }),
  recipientsInput.omit({ after: true, before: true }).extend({ table: z.literal("recipients"), format }),
  z.object({ ...periodInput.shape, table: z.literal("campaigns"), format }),
  z.object({ ...renewalsInput.shape, table: z.literal("renewals"), format }),
]);
export type ExportInput = z.infer<typeof exportInput>;

/** The file that an address asks for. */
export function exportInputOf(query: Query): ExportInput {
  const given = Object.fromEntries(
    Object.entries(query).flatMap(([key, value]) => ([value].flat()[0] ? [[key, [value].flat()[0]]] : [])),
  );
  const parsed = exportInput.safeParse({ ...given, ...(given.days ? { days: Number(given.days) } : {}) });
  if (parsed.success) return parsed.data;
  throw new AppError("BAD_INPUT", "This address names no table. Take it from its screen again.");
}

export const compareInput = z.object({
  campaigns: z.array(z.string()).max(4, "Compare at most four campaigns."),
});
export type CompareInput = z.infer<typeof compareInput>;

/** The campaigns that an address names, the first four of them. */
export const comparedOf = (query: Query): CompareInput => ({
  campaigns: [query.campaign ?? []].flat().slice(0, 4),
});

export const renewalSummaryInput = z.object({ mailed: z.boolean() });

export const reportLink = z.object({ id: z.string() });

export const shareInput = ofCampaign.extend({ days: z.number().int().min(1).max(90) });
export type ShareInput = z.infer<typeof shareInput>;
