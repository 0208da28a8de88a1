/** A part of the engagement score. Pure data, shared by the SQL, the tests and the panel that explains it. */
export type EngagementPart = {
  label: string;
  /** What counts, in a marketer's words. */
  counts: string;
  /** Points of one day on which it happened; below 0 it takes points away. */
  points: number;
  /** After so many days, half of the points is left. */
  halfLifeDays: number;
  /** What the part can add up to, however often it happens; of the sign of `points`. */
  limit: number;
};

/**
 * The formula. Each part counts the days (in the workspace's zone) on which something of its kind happened: a day is worth
 * `points`, and half of that after `halfLifeDays`. A part stops at its limit; the score is the sum of the parts, rounded, and
 * never below 0 or above 100.
 *
 * Changing it changes every stored sum: delete `engagement_days` in the same migration, and the job counts everything anew.
 */
export const engagementParts = {
  payments: {
    label: "Payments",
    counts: "A premium was paid, or a policy bought",
    points: 20,
    halfLifeDays: 120,
    limit: 40,
  },
  replies: {
    label: "Replies",
    counts: "The customer answered a message or asked to be called",
    points: 20,
    halfLifeDays: 60,
    limit: 40,
  },
  clicks: {
    label: "Clicks",
    counts: "A link in a message was clicked",
    points: 8,
    halfLifeDays: 30,
    limit: 24,
  },
  opens: {
    label: "Opens",
    counts: "A message was opened or read",
    points: 4,
    halfLifeDays: 30,
    limit: 16,
  },
  interest: {
    label: "Interest",
    counts: "An inquiry, or a request for a quote",
    points: 12,
    halfLifeDays: 45,
    limit: 24,
  },
  activity: {
    label: "Visits",
    counts: "Website, app, or a document sent",
    points: 4,
    halfLifeDays: 21,
    limit: 16,
  },
  complaints: {
    label: "Complaints",
    counts: "A complaint, or a message marked as spam",
    points: -15,
    halfLifeDays: 90,
    limit: -30,
  },
  optOuts: {
    label: "Opt-outs",
    counts: "Consent to promotion was withdrawn",
    points: -25,
    halfLifeDays: 180,
    limit: -50,
  },
} as const satisfies Record<string, EngagementPart>;

export type EngagementPartKey = keyof typeof engagementParts;
export const engagementPartKeys = Object.keys(engagementParts) as EngagementPartKey[];

/** Which event counts for which part; other events say nothing about engagement. */
export const partOfEvent: Readonly<Record<string, EngagementPartKey>> = {
  payment_received: "payments",
  policy_purchased: "payments",
  inquiry: "interest",
  quote_requested: "interest",
  website_visit: "activity",
  app_login: "activity",
  document_uploaded: "activity",
  complaint: "complaints",
};

/** Days older than this are worth nothing that could be seen. */
export const FORGOTTEN_AFTER_DAYS = 3_650;

/** By part the days on which something of it happened, as `YYYY-MM-DD`; each day once. */
export type EngagementDays = Partial<Record<EngagementPartKey, readonly string[]>>;

const DAY_MS = 86_400_000;
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;

/** Points of one part on a day: what its days are still worth, up to the limit. Days after `on` do not count yet. */
export function partPoints(key: EngagementPartKey, days: readonly string[], on: string): number {
  const { points, halfLifeDays, limit } = engagementParts[key];
  const sum = days
    .map((day) => numberOf(on) - numberOf(day))
    .filter((age) => age >= 0 && age < FORGOTTEN_AFTER_DAYS)
    .reduce((total, age) => total + points * 2 ** (-age / halfLifeDays), 0);
  return points > 0 ? Math.min(sum, limit) : Math.max(sum, limit);
}

/** The score of a day, a whole number from 0 to 100. Halves round up; the millionth of a point decides. */
export function engagementScore(days: EngagementDays, on: string): number {
  const sum = engagementPartKeys.reduce((total, key) => total + partPoints(key, days[key] ?? [], on), 0);
  const millionths = Math.round(sum * 1_000_000);
  return Math.max(0, Math.min(100, Math.floor((millionths + 500_000) / 1_000_000)));
}
