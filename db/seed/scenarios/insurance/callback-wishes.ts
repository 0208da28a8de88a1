import type { CallbackSource, Urgency } from "@/server/callbacks/status";
import type { Random } from "../../random";

/** One request of the demo: what is asked, how long ago, and what became of it. */
export type SeedWish = {
  about: string;
  words: string;
  source: CallbackSource;
  /** Business minutes before now. */
  ago: number;
  urgency?: Urgency;
  /** Minutes from now of a promised time. */
  slotIn?: number;
  /** Given to the agent of this number. */
  agent?: number;
  /** What was said when it was asked again. */
  again?: string;
  /** Business minutes after it was asked at which a call was made. */
  tried?: number;
  /** The disposition, where somebody was talked to. */
  done?: string;
  /** Seconds of the talk, roughly. */
  talk?: number;
  category?: string;
  satisfaction?: number | null;
  said?: string;
};

/** Who waits now: some new, some late, some promised a time, some not reached. */
export const openCallbacks: readonly SeedWish[] = [
  {
    about: "policy_issue",
    words: "My renewal shows lapsed but I paid on the 3rd. Please call me.",
    source: "reply",
    ago: 4,
    urgency: "high",
  },
  {
    about: "payment_problem",
    words: "Payment failed twice, money was debited once.",
    source: "campaign_link",
    ago: 7,
    urgency: "high",
  },
  {
    about: "claim_assistance",
    words: "Need help with cashless at the hospital desk.",
    source: "form",
    ago: 11,
    urgency: "critical",
  },
  {
    about: "policy_issue",
    words: "Wrong date of birth on the policy.",
    source: "reply",
    ago: 26,
    urgency: "high",
    again: "Still waiting for the call.",
  },
  { about: "payment_problem", words: "NACH mandate was rejected by my bank.", source: "reply", ago: 14 },
  { about: "claim_assistance", words: "Which papers do I send for the claim?", source: "form", ago: 34 },
  {
    about: "policy_issue",
    words: "How do I add my newborn to the family floater?",
    source: "campaign_link",
    ago: 48,
  },
  {
    about: "payment_problem",
    words: "Wants to change to half-yearly instalments.",
    source: "manual",
    ago: 71,
    agent: 0,
  },
  {
    about: "general_inquiry",
    words: "Difference between the two term plans in your message?",
    source: "reply",
    ago: 9,
  },
  {
    about: "general_inquiry",
    words: "Kya abhi bhi 10% discount mil raha hai? Call kijiye.",
    source: "reply",
    ago: 22,
  },
  {
    about: "general_inquiry",
    words: "Please call after lunch about the health plan.",
    source: "campaign_link",
    ago: 95,
    again: "Any update?",
  },
  { about: "general_inquiry", words: "Nominee change, how long does it take?", source: "form", ago: 160 },
  {
    about: "complaint",
    words: "Nobody told me that the premium goes up at 45.",
    source: "reply",
    ago: 130,
    agent: 1,
  },
  { about: "feedback", words: "Would like to tell you about the branch visit.", source: "form", ago: 265 },
  { about: "suggestion", words: "A reminder a week earlier would help.", source: "reply", ago: 305 },
  {
    about: "policy_issue",
    words: "Policy bond has not arrived.",
    source: "manual",
    ago: 55,
    agent: 0,
    urgency: "high",
  },
  {
    about: "claim_assistance",
    words: "Claim shows “in process” since Monday.",
    source: "reply",
    ago: 58,
    agent: 2,
  },
  {
    about: "general_inquiry",
    words: "Renewal quote for two policies together.",
    source: "campaign_link",
    ago: 80,
    slotIn: 40,
  },
  {
    about: "payment_problem",
    words: "Call in the evening, at work now.",
    source: "reply",
    ago: 120,
    slotIn: 150,
    agent: 0,
  },
  {
    about: "policy_issue",
    words: "Wants both parents added, will have the papers then.",
    source: "manual",
    ago: 200,
    slotIn: 1_440,
  },
  {
    about: "general_inquiry",
    words: "Child plan, both parents on the call.",
    source: "form",
    ago: 240,
    slotIn: 2_900,
  },
  {
    about: "payment_problem",
    words: "Auto-debit date does not suit the salary date.",
    source: "reply",
    ago: 70,
    tried: 12,
  },
  {
    about: "general_inquiry",
    words: "Is maternity covered in the first year?",
    source: "reply",
    ago: 190,
    tried: 30,
    agent: 1,
  },
];

const topics = {
  policy_issue: ["Correction in the policy document.", "Change of address.", "Nominee to be changed."],
  payment_problem: [
    "Payment did not go through.",
    "Receipt for last year’s premium.",
    "Grace period ends this week.",
  ],
  claim_assistance: ["Papers for a claim.", "Status of a claim."],
  general_inquiry: ["Premium for a top-up plan.", "Renewal discount.", "Tax certificate."],
  feedback: ["About the last visit."],
} as const;
const ends = [
  { done: "resolved", category: "solved", said: "Explained and settled on the call." },
  { done: "resolved", category: "payment_taken", said: "Sent the payment link; paid while on the call." },
  { done: "information_given", category: "information", said: "Sent the details by e-mail." },
  { done: "information_given", category: "information", said: "Explained the grace period." },
  { done: "not_interested", category: "not_interested", said: "Has bought elsewhere." },
] as const;

/** What was closed in the last two weeks, the oldest first; most of it in time. */
export function closedCallbacks(random: Random): SeedWish[] {
  const wishes = Array.from({ length: 64 }, (): SeedWish => {
    const about = random.weighted({
      policy_issue: 3,
      payment_problem: 4,
      claim_assistance: 2,
      general_inquiry: 5,
      feedback: 1,
    });
    return {
      about,
      words: random.pick(topics[about]),
      source: random.weighted({ reply: 5, campaign_link: 3, form: 3, manual: 1, api: 1 }),
      urgency: random.weighted({ medium: 8, high: 2, low: 1 }),
      ago: random.int(60, 11 * 540),
      tried: random.chance(0.86) ? random.int(2, 12) : random.int(18, 50),
      talk: random.int(0, 600),
      agent: random.int(0, 3),
      satisfaction: random.chance(0.4) ? Number(random.weighted({ 5: 6, 4: 4, 3: 2, 2: 1 })) : null,
      ...random.pick(ends),
    };
  });
  return wishes.toSorted((one, other) => other.ago - one.ago);
}
