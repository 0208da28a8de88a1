import { channelLabels } from "@/server/channels/status";
import type { HoursRow } from "@/server/sending-rules/hours-table";
import type { Cap, HoursKey, SendingRules } from "@/server/sending-rules/schemas";
import { clockTime } from "@/server/sending-rules/status";

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** ISO days of the week with their names. */
export const weekDays = dayNames.map((label, index) => ({ day: index + 1, label, short: label.slice(0, 2) }));

export const hoursChannelLabels: Record<HoursKey["channel"], string> = { ...channelLabels, call: "Calls" };

export const hoursPurposeLabels: Record<HoursKey["purpose"], string> = {
  promotional: "Promotional",
  service: "Service",
  requested: "Asked for by the customer",
};

const names = new Intl.DisplayNames("en-IN", { type: "region" });

export function countryLabel(country: string): string {
  try {
    return names.of(country) ?? country;
  } catch {
    return country;
  }
}

/** "10:00 to 21:00, Monday to Friday" */
export function hoursWords({
  fromMinute,
  toMinute,
  days,
}: Pick<HoursRow, "fromMinute" | "toMinute" | "days">) {
  const time =
    fromMinute === 0 && toMinute === 1_440
      ? "At any time"
      : `${clockTime(fromMinute)} to ${clockTime(toMinute)}`;
  return `${time}, ${daysWords(days)}`;
}

function daysWords(days: readonly number[]): string {
  const sorted = days.toSorted((one, other) => one - other);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return "on no day";
  if (sorted.length === 7) return "every day";
  const name = (day: number) => dayNames[day - 1] ?? "";
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${name(first)} to ${name(last)}`;
  return new Intl.ListFormat("en-IN").format(sorted.map(name));
}

/** "At most 2 promotional messages in any 7 days on WhatsApp" */
export function capWords(cap: Cap | null, channel: string): string {
  if (cap === null) return `As many promotional messages on ${channel} as campaigns ask for`;
  const messages = cap.most === 1 ? "1 promotional message" : `${cap.most} promotional messages`;
  return `At most ${messages} in any ${cap.days === 1 ? "24 hours" : `${cap.days} days`} on ${channel}`;
}

export const serviceWords = ({ servicePerPolicyDay: most }: SendingRules): string =>
  most === null
    ? "As many service messages about one policy a day as campaigns ask for"
    : `At most ${most === 1 ? "1 service message" : `${most} service messages`} about one policy a day; failed payments count apart`;

export const paymentsWords = ({ paymentsMaxAgeHours: hours }: SendingRules): string =>
  hours === null
    ? "Messages about payments go however old the payment data is"
    : `Messages about payments wait while the payment data is older than ${hours} hours`;

/** The row that counts on a day: the latest that has begun. */
export const rowOn = (rows: readonly HoursRow[], day: string): HoursRow | undefined =>
  rows
    .filter(({ validFrom }) => validFrom <= day)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0];
