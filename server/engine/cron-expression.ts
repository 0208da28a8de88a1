import { Cron } from "croner";

function split(expression: string): { zone: string; fields: string } {
  const match = /^(?:CRON_)?TZ=(\S+)\s+(.*)$/.exec(expression.trim());
  return { zone: match?.[1] ?? "UTC", fields: (match?.[2] ?? expression).trim() };
}

/** Why a cron trigger cannot be run, as the end of a sentence; empty when it can. */
export function cronError(expression: string): string[] {
  const { zone, fields } = split(expression);
  if (
    !/^@(?:yearly|annually|monthly|weekly|daily|hourly)$/.test(fields) &&
    fields.split(/\s+/).length !== 5
  ) {
    return [`has the schedule "${expression}", which does not have 5 fields`];
  }
  try {
    new Cron(fields, { timezone: zone, paused: true }).nextRun(new Date(0));
    return [];
  } catch {
    return [`has the schedule "${expression}", which is not a valid cron expression in a known time zone`];
  }
}

/** The first slot after `afterMs` in milliseconds, in the zone of a leading `TZ=Zone`; null when there is none. */
export function nextSlot(expression: string, afterMs: number): number | null {
  const { zone, fields } = split(expression);
  return new Cron(fields, { timezone: zone, paused: true }).nextRun(new Date(afterMs))?.getTime() ?? null;
}
