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

/** The longest target: sixty days of clock time. */
export const MOST_TARGET_MINUTES = 60 * 24 * 60;
const minutes = z
  .number("Give whole minutes.")
  .int("Give whole minutes.")
  .min(1, "At least 1 minute.")
  .max(MOST_TARGET_MINUTES, "At most 60 days.");
const targets = z.object({ firstAttemptMinutes: minutes, resolutionMinutes: minutes });

/** Who hears of a level. */
export const escalationTargets = {
  assignee: "The agent who has it",
  team_supervisor: "The supervisors of the agent’s team",
  every_supervisor: "Every supervisor",
  admin: "Administrators",
} as const;
const escalationKeys = ["assignee", "team_supervisor", "every_supervisor", "admin"] as const;

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
  warnAt: z.number("Give a share from 10 to 99 %.").min(0.1, "At least 10 %.").max(0.99, "At most 99 %."),
  /** Each level fires once, in order, this many business minutes after the breach. */
  escalations: z
    .array(
      z.object({
        afterMinutes: z
          .number()
          .int()
          .min(0)
          .max(60 * 24 * 7),
        notify: z.enum(escalationKeys),
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

const name = z.string().trim().min(1, "Enter a name.").max(60, "Use at most 60 characters.");

export const saveCalendarInput = z.object({
  /** Null: a new one. */
  calendarId: z.string().nullable(),
  name,
  definition: calendarSchema,
});
export type SaveCalendar = z.infer<typeof saveCalendarInput>;
export const calendarIdInput = z.object({ calendarId: z.string() });
export const previewCalendarInput = z.object({
  calendarId: z.string().nullable(),
  definition: calendarSchema,
});

export const savePolicyInput = z.object({
  /** Null: a new one, tried before the default one. */
  policyId: z.string().nullable(),
  name,
  calendarId: z.string().min(1, "Choose a calendar."),
  definition: policyDefinition,
});
export type SavePolicy = z.infer<typeof savePolicyInput>;
export const policyIdInput = z.object({ policyId: z.string() });
export const previewPolicyInput = savePolicyInput.omit({ name: true });
/** Every policy but the default one, the first to be tried first. */
export const orderPoliciesInput = z.object({ policyIds: z.array(z.string()).max(100) });
