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
