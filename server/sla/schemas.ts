import { z } from "zod";

/** Minutes after local midnight. A shift whose end is not after its start ends on the next day. */
const shiftSchema = z.object({
  opens: z.number().int().min(0).max(1_439),
  closes: z.number().int().min(0).max(1_440),
});
export type Shift = z.infer<typeof shiftSchema>;

const isoDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** A dated holiday (no shifts) or half-day. Imported ones start inactive. */
const exceptionSchema = z.object({
  date: isoDate,
  name: z.string().trim().max(80),
  shifts: z.array(shiftSchema).max(6),
  active: z.boolean(),
});

/** When work is done: half-open shifts in an IANA zone, or always (`sla.md`). */
export const calendarSchema = z
  .object({
    zone: z.string().refine(isZone, "Choose a time zone."),
    alwaysOpen: z.boolean(),
    /** Monday first. */
    week: z.array(z.array(shiftSchema).max(6)).length(7),
    exceptions: z.array(exceptionSchema).max(400),
  })
  .refine(({ alwaysOpen, week }) => alwaysOpen || week.some((day) => day.length > 0), {
    path: ["week"],
    message: "This calendar is never open. Give at least one day its hours.",
  });
export type Calendar = z.infer<typeof calendarSchema>;

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const minutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 60);
const targets = z.object({ firstAttemptMinutes: minutes, resolutionMinutes: minutes });

/** What a policy matches, promises, and whom it wakes. Empty lists match everything. */
export const policyDefinition = z.object({
  condition: z.object({
    requestTypes: z.array(z.string()).default([]),
    urgencies: z.array(z.string()).default([]),
    tiers: z.array(z.string()).default([]),
    sources: z.array(z.string()).default([]),
    tags: z.array(z.string()).default([]),
  }),
  targets: z.object({ high: targets, medium: targets, low: targets }),
  /** Share of the target, in business time, at which a warning goes out. */
  warnAt: z.number().min(0.1).max(0.99),
  /** Each level fires once, in order, this many business minutes after the breach. */
  escalations: z
    .array(
      z.object({
        afterMinutes: z
          .number()
          .int()
          .min(0)
          .max(60 * 24 * 7),
        notify: z.enum(["assignee", "team_supervisor", "every_supervisor", "admin"]),
      }),
    )
    .max(5),
});
export type PolicyDefinition = z.infer<typeof policyDefinition>;

/** What a new workspace promises (`sla.md`, Defaults). */
export const defaultPolicy: PolicyDefinition = {
  condition: { requestTypes: [], urgencies: [], tiers: [], sources: [], tags: [] },
  targets: {
    high: { firstAttemptMinutes: 15, resolutionMinutes: 120 },
    medium: { firstAttemptMinutes: 60, resolutionMinutes: 480 },
    low: { firstAttemptMinutes: 240, resolutionMinutes: 1_440 },
  },
  warnAt: 0.75,
  escalations: [
    { afterMinutes: 0, notify: "team_supervisor" },
    { afterMinutes: 30, notify: "every_supervisor" },
  ],
};

/** The hours of a new Indian workspace: Monday to Saturday, 09:30 to 18:30. */
export const defaultCalendar = (zone: string): Calendar => ({
  zone,
  alwaysOpen: false,
  week: Array.from({ length: 7 }, (_, day) => (day < 6 ? [{ opens: 570, closes: 1_110 }] : [])),
  exceptions: [],
});

/** 24×7: business time is the clock's time. */
export const clockTime: Calendar = {
  zone: "UTC",
  alwaysOpen: true,
  week: [[], [], [], [], [], [], []],
  exceptions: [],
};
