import type { Role } from "@/server/platform/context";

/** Counts that every table of analytics is made of; a rate is always one of them over another (`metrics.md`). */
export type Counts = {
  targeted: number;
  sent: number;
  delivered: number;
  bounced: number;
  failed: number;
  skipped: number;
  /** People, each at the first human event. */
  opened: number;
  clicked: number;
  replied: number;
  unsubscribed: number;
  complained: number;
  /** Customers, each at the first conversion. */
  converted: number;
  conversions: number;
  /** Micro-units of the workspace's currency. */
  revenue: string;
  cost: string;
};

export const noCounts: Counts = {
  targeted: 0,
  sent: 0,
  delivered: 0,
  bounced: 0,
  failed: 0,
  skipped: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  unsubscribed: 0,
  complained: 0,
  converted: 0,
  conversions: 0,
  revenue: "0",
  cost: "0",
};

type Countable = Exclude<keyof Counts, "revenue" | "cost">;
type Rate = {
  label: string;
  part: Countable;
  whole: Countable;
  /** How the two read: "1,212 customers opened of 4,812 delivered". */
  did: string;
  of: string;
  /** The definition, as `metrics.md` has it. */
  means: string;
  /** Whether more is better. */
  better: "more" | "less";
};

/** Every rate of the product with its one definition. */
export const rates = {
  delivery: {
    label: "Delivery rate",
    part: "delivered",
    whole: "sent",
    did: "delivered",
    of: "sent",
    means: "Delivered ÷ sent. A mail counts as delivered until a bounce says otherwise.",
    better: "more",
  },
  bounce: {
    label: "Bounce rate",
    part: "bounced",
    whole: "sent",
    did: "bounced",
    of: "sent",
    means: "Bounced ÷ sent.",
    better: "less",
  },
  open: {
    label: "Open rate",
    part: "opened",
    whole: "delivered",
    did: "people opened",
    of: "delivered",
    means: "People who opened ÷ delivered. WhatsApp and e-mail only; machines are left out.",
    better: "more",
  },
  click: {
    label: "Click-through rate",
    part: "clicked",
    whole: "delivered",
    did: "people clicked",
    of: "delivered",
    means: "People who clicked ÷ delivered. Machines are left out.",
    better: "more",
  },
  clickToOpen: {
    label: "Click-to-open rate",
    part: "clicked",
    whole: "opened",
    did: "people clicked",
    of: "who opened",
    means: "People who clicked ÷ people who opened.",
    better: "more",
  },
  response: {
    label: "Response rate",
    part: "replied",
    whole: "delivered",
    did: "customers replied",
    of: "delivered",
    means: "Customers who replied ÷ delivered.",
    better: "more",
  },
  conversion: {
    label: "Conversion rate",
    part: "converted",
    whole: "delivered",
    did: "customers converted",
    of: "delivered",
    means: "Customers who converted inside the window, last touch ÷ delivered.",
    better: "more",
  },
  optOut: {
    label: "Opt-out rate",
    part: "unsubscribed",
    whole: "delivered",
    did: "opted out",
    of: "delivered",
    means: "Opt-outs that name the message ÷ delivered.",
    better: "less",
  },
  complaint: {
    label: "Complaint rate",
    part: "complained",
    whole: "delivered",
    did: "complained",
    of: "delivered",
    means: "Complaints ÷ delivered.",
    better: "less",
  },
} as const satisfies Record<string, Rate>;
export type RateName = keyof typeof rates;

/** Null on a zero denominator: "–", never 0 %. */
export const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const rateOf = (name: RateName, counts: Pick<Counts, Countable>): number | null =>
  ratio(counts[rates[name].part], counts[rates[name].whole]);

/** What a campaign cost and what came of it. Money in micro-units of the workspace's currency. */
export type Economics = {
  /** What providers charged, tax included. */
  messageCost: string;
  fixedCost: string;
  /** Share of the revenue that stays; null: not set, so the figures are on revenue. */
  margin: number | null;
};

/** The money figures of `metrics.md`; each null where its denominator is zero. */
export function moneyOf({ messageCost, fixedCost, margin }: Economics, counts: Counts) {
  const cost = BigInt(messageCost) + BigInt(fixedCost);
  const revenue = Number(counts.revenue);
  const kept = margin ?? 1;
  const spent = Number(cost);
  return {
    cost: cost.toString(),
    /** (revenue × margin − cost) ÷ cost, a fraction. */
    roi: ratio(revenue * kept - spent, spent),
    roas: ratio(revenue, spent),
    cpa: counts.conversions === 0 ? null : (cost / BigInt(counts.conversions)).toString(),
    /** The revenue at which ROI is 0. */
    breakEven: cost === 0n ? null : String(BigInt(Math.round(spent / kept))),
  };
}

/** By what the course of a campaign is summed. */
export const courseUnits = ["hour", "day"] as const;
export type CourseUnit = (typeof courseUnits)[number];

/** By what the counts of a campaign are parted. */
export const dimensions = ["channel", "variant", "segment", "language", "city", "tier"] as const;
export type Dimension = (typeof dimensions)[number];
export const dimensionLabels = {
  channel: "Channel",
  variant: "Variant",
  segment: "Segment",
  language: "Language",
  city: "City",
  tier: "Tier",
} as const satisfies Record<Dimension, string>;

/** Variant 0 is A. */
export const variantLetter = (variant: number): string => String.fromCharCode(65 + variant);

/** What an experiment is decided by; never by opens, which mail programs make up. */
export const experimentMetrics = {
  click: { label: "Clicks", part: "clicked", did: "clicked" },
  response: { label: "Replies", part: "replied", did: "replied" },
  conversion: { label: "Conversions", part: "converted", did: "converted" },
} as const satisfies Record<string, { label: string; part: Countable; did: string }>;
export type ExperimentMetric = keyof typeof experimentMetrics;

/** By what the campaigns of a period are parted. */
export const shareKinds = ["campaign", "channel", "type", "goal", "template", "owner"] as const;
export type ShareKind = (typeof shareKinds)[number];
export const shareLabels = {
  campaign: "Campaign",
  channel: "Channel",
  type: "Type",
  goal: "Goal",
  template: "Template",
  owner: "Owner",
} as const satisfies Record<ShareKind, string>;

export type Sum = Counts & Pick<Economics, "fixedCost"> & { key: string; label: string; kept: string };

/** Adds counts; money stays exact. */
export function addCounts(one: Counts, other: Counts): Counts {
  const names = Object.keys(noCounts) as (keyof Counts)[];
  const added = names.map((name) => {
    const [left, right] = [one[name], other[name]];
    return [name, typeof left === "number" ? left + Number(right) : String(BigInt(left) + BigInt(right))];
  });
  return Object.fromEntries(added) as Counts;
}

type Share = Counts & Pick<Economics, "fixedCost" | "margin">;

/** Sums shares by a key, the most sent first. `kept` is what stays of the revenue by each campaign's own margin. */
export function sumShares<Each extends Share>(
  shares: readonly Each[],
  of: (share: Each) => { key: string; label: string },
): Sum[] {
  const sums = new Map<string, Sum>();
  for (const share of shares) {
    const { key, label } = of(share);
    const before = sums.get(key) ?? { ...noCounts, key, label, fixedCost: "0", kept: "0" };
    const stays = Math.round(Number(share.revenue) * (share.margin ?? 1));
    sums.set(key, {
      ...addCounts(before, share),
      ...{ key, label },
      fixedCost: String(BigInt(before.fixedCost) + BigInt(share.fixedCost)),
      kept: String(BigInt(before.kept) + BigInt(stays)),
    });
  }
  return [...sums.values()].toSorted((one, other) => other.sent - one.sent);
}

/** (What stays of the revenue − cost) ÷ cost over several campaigns; null without cost. */
export function roiOf({ cost, fixedCost, kept }: Pick<Sum, "cost" | "fixedCost" | "kept">): number | null {
  const spent = Number(BigInt(cost) + BigInt(fixedCost));
  return ratio(Number(kept) - spent, spent);
}

/** From where a rate needs attention, and from where it endangers the sender's name (Google's and Yahoo's rules for senders). */
export const thresholds = {
  bounce: { attention: 0.02, danger: 0.05 },
  complaint: { attention: 0.001, danger: 0.003 },
  optOut: { attention: 0.005, danger: 0.01 },
} as const satisfies Partial<Record<RateName, { attention: number; danger: number }>>;

export const periodDays = [7, 30, 90, 365] as const;

/** Whoever answers for renewals. */
export const renewalReaders = ["admin", "marketer", "supervisor"] as const satisfies readonly Role[];

/** By what the premiums of a month are parted. */
export const renewalDimensions = ["reminded", "product", "branch", "advisor"] as const;
export type RenewalDimension = (typeof renewalDimensions)[number];
export const renewalLabels = {
  reminded: "Reminder",
  product: "Product",
  branch: "Branch",
  advisor: "Advisor",
} as const satisfies Record<RenewalDimension, string>;

type Part = "due" | "before" | "grace" | "late" | "lapsed" | "open";
/** Premiums and their sum: due in all, paid before due, in grace, after grace, unpaid past grace, unpaid and not yet past it. */
export type Renewals = Record<Part, number> & Record<`${Part}Amount`, string>;

/** Paid before due or in grace ÷ due, in money; null where nothing was due. */
export const collected = ({ beforeAmount, graceAmount, dueAmount }: Renewals): number | null =>
  ratio(Number(beforeAmount) + Number(graceAmount), Number(dueAmount));

/** What groups are compared by; never opens, which mail programs make up. */
export const insightMetrics = {
  click: { part: "clicked", did: "clicked" },
  conversion: { part: "converted", did: "converted" },
} as const satisfies Record<string, { part: Countable; did: string }>;
export type InsightMetric = keyof typeof insightMetrics;
