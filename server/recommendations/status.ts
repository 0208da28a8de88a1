import type { CampaignCategory } from "@/server/campaigns/status";

type Kind = {
  title: string;
  /** What it does, and why now. */
  reason: string;
  /** The seeded segment that finds its customers, and the built-in template that it begins with. */
  segment: string;
  template: string;
  category: CampaignCategory;
};

/** What a workspace's own data can call for, the most pressing first. */
export const recommendations = {
  overdue: {
    title: "Remind of overdue premiums",
    reason: "A premium was not paid by its day. A policy lapses when its days of grace are over.",
    segment: "payment_overdue",
    template: "in_grace",
    category: "premium_due",
  },
  renewals: {
    title: "Remind of renewals in the next 30 days",
    reason: "These policies renew soon. Who is reminded in time renews more often.",
    segment: "renewing_in_30_days",
    template: "renewal_30",
    category: "renewal_reminder",
  },
  lapsed: {
    title: "Win lapsed customers back",
    reason: "Their policy has lapsed and none is in force.",
    segment: "lapsed",
    template: "lapsed_win_back",
    category: "lapsed_win_back",
  },
  cross_sell: {
    title: "Offer a second policy",
    reason: "Exactly one policy, engaged, and nothing that stops promotion.",
    segment: "cross_sell",
    template: "cross_sell",
    category: "cross_sell",
  },
  inactive: {
    title: "Check in with silent customers",
    reason: "They hold a policy and have not been heard from for long.",
    segment: "inactive",
    template: "check_in",
    category: "check_in",
  },
  birthdays: {
    title: "Wish happy birthday",
    reason: "Their birthday is in this month.",
    segment: "birthday_this_month",
    template: "birthday",
    category: "birthday",
  },
} as const satisfies Record<string, Kind>;
export type RecommendationKind = keyof typeof recommendations;
export const recommendationKinds = Object.keys(recommendations) as [
  RecommendationKind,
  ...RecommendationKind[],
];

/** What a value was reckoned from, in words; each is a sum of rows that can be looked at. */
export const bases = {
  renewals: "the premiums of the policies that renew in these days",
  overdue: "the amounts of the premiums that are overdue",
  lapsed: "the last premiums of their lapsed policies",
} as const satisfies Partial<Record<RecommendationKind, string>>;
