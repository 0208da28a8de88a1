import { z } from "zod";
import { floorSets, reportDimensions } from "./status";

export const floorRowsInput = z.object({
  set: z.enum(floorSets),
  /** The last row of the page before. */
  cursor: z.string().max(80).nullish(),
});
export type FloorRowsInput = z.infer<typeof floorRowsInput>;

export const reassignInput = z.object({ callbackId: z.string(), membershipId: z.string().nullable() });
export const reprioritiseInput = z.object({
  callbackId: z.string(),
  urgency: z.enum(["critical", "high", "medium", "low"]),
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "A day like 2026-11-26.");
const period = z.object({
  /** Days of the workspace, both included; left out: the last seven days. */
  from: day.nullish(),
  until: day.nullish(),
});
export const reportInput = period.extend({ by: z.enum(reportDimensions) });
export type ReportInput = z.infer<typeof reportInput>;
export const breachesInput = period.extend({ cursor: z.string().max(120).nullish() });
export type BreachesInput = z.infer<typeof breachesInput>;

/** The filters in an address; what is not understood is left out rather than refused. */
export function readReportQuery(params: Record<string, string | string[] | undefined>): ReportInput {
  const one = (name: string) => [params[name] ?? []].flat()[0];
  const read = (name: "from" | "until") => day.safeParse(one(name)).data ?? null;
  return {
    by: z.enum(reportDimensions).catch("day").parse(one("by")),
    from: read("from"),
    until: read("until"),
  };
}
