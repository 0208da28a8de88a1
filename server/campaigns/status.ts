import type { Role } from "@/server/platform/context";

/** Every state of a campaign, in the order of its life (`joints.md`). */
export const campaignStatuses = [
  "draft",
  "in_review",
  "scheduled",
  "active",
  "paused",
  "completed",
  "cancelled",
  "failed",
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/** How a state reads, and which of the four meanings colours it. */
export const statusLabels = {
  draft: { label: "Draft", tone: "neutral" },
  in_review: { label: "In review", tone: "information" },
  scheduled: { label: "Scheduled", tone: "information" },
  active: { label: "Sending", tone: "information" },
  paused: { label: "Paused", tone: "attention" },
  completed: { label: "Completed", tone: "good" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  failed: { label: "Failed", tone: "danger" },
} as const satisfies Record<CampaignStatus, { label: string; tone: Tone }>;
type Tone = "neutral" | "information" | "good" | "attention" | "danger";

type Member = { role: Role | null; isApprover: boolean };

/** Who may make and run every campaign of the workspace. */
export const campaignEditors = ["admin", "marketer"] as const satisfies readonly Role[];
/** Who may make and run campaigns at all: an advisor own ones, to the own book. */
export const campaignBuilders = ["admin", "marketer", "advisor"] as const satisfies readonly Role[];
const campaignReaders: readonly Role[] = ["admin", "marketer", "supervisor", "advisor"];

export const mayEditCampaigns = ({ role }: Member): boolean =>
  campaignBuilders.some((builder) => builder === role);

/** Editors, supervisors, advisors (own campaigns), and approvers in whatever role they are. */
export const mayReadCampaigns = ({ role, isApprover }: Member): boolean =>
  isApprover || (role !== null && campaignReaders.includes(role));

type Transition = {
  from: readonly CampaignStatus[];
  /** Null: the campaign is gone afterwards. */
  to: CampaignStatus | null;
  /** Empty: only the system itself, or approvers. */
  who: readonly Role[];
  /** Approvers, in whatever role; never for a campaign of their own. */
  approver?: true;
  /** Past participle, for "Only … can be paused". */
  done: string;
};

/**
 * The one table of the lifecycle: what each verb leaves, where it leads and who may do it. Buttons, verbs and tests read
 * it; a verb that is not here does not change a campaign.
 */
export const transitions = {
  update: { from: ["draft"], to: "draft", who: campaignBuilders, done: "edited" },
  deleteDraft: { from: ["draft"], to: null, who: campaignBuilders, done: "deleted" },
  submit: { from: ["draft"], to: "in_review", who: campaignBuilders, done: "submitted for approval" },
  withdraw: { from: ["in_review"], to: "draft", who: campaignBuilders, done: "taken back" },
  /** The draft is approved as it stands; any edit makes it an ordinary draft again. */
  approve: { from: ["in_review"], to: "draft", who: [], approver: true, done: "approved" },
  sendBack: { from: ["in_review"], to: "draft", who: [], approver: true, done: "returned" },
  schedule: { from: ["draft"], to: "scheduled", who: campaignBuilders, done: "scheduled" },
  unschedule: { from: ["scheduled"], to: "draft", who: campaignBuilders, done: "taken off the schedule" },
  launch: { from: ["draft"], to: "active", who: campaignBuilders, done: "launched" },
  /** Its time has come. */
  launchDue: { from: ["scheduled"], to: "active", who: [], done: "launched" },
  /** Its time has come and it cannot go, or came too long ago: a person decides. */
  dropDue: { from: ["scheduled"], to: "draft", who: [], done: "taken off the schedule" },
  pause: { from: ["active"], to: "paused", who: campaignBuilders, done: "paused" },
  resume: { from: ["paused"], to: "active", who: campaignBuilders, done: "resumed" },
  cancel: {
    from: ["in_review", "scheduled", "active", "paused"],
    to: "cancelled",
    who: campaignBuilders,
    done: "cancelled",
  },
  /** Messages whose outcome was unknown are sent again after the end. */
  reopen: { from: ["completed"], to: "active", who: [], done: "taken up again" },
  complete: { from: ["active"], to: "completed", who: [], done: "completed" },
  fail: { from: ["scheduled", "active", "paused"], to: "failed", who: [], done: "marked as failed" },
} as const satisfies Record<string, Transition>;
export type CampaignVerb = keyof typeof transitions;

/** What the sender's rules would do with a customer's message, and how it reads. */
export const checkVerdicts = {
  goes: { label: "Goes now" },
  held: { label: "Waits" },
  waits: { label: "Waits until somebody acts" },
  skipped: { label: "Left out" },
} as const satisfies Record<string, { label: string }>;
export type CheckVerdict = keyof typeof checkVerdicts;

/** What can be put away. */
export const archivable = [
  "draft",
  "completed",
  "cancelled",
  "failed",
] as const satisfies readonly CampaignStatus[];

/** The row of the table, with its wide type. */
export const transitionOf = (verb: CampaignVerb): Transition => transitions[verb];

/** Whether the table names this member for a verb. */
export function mayUse(verb: CampaignVerb, { role, isApprover }: Member): boolean {
  const { who, approver } = transitionOf(verb);
  return (approver === true && isApprover) || (role !== null && who.includes(role));
}

/** The verbs that this member may use on a campaign in this state. */
export function allowedVerbs(status: CampaignStatus, member: Member): CampaignVerb[] {
  return (Object.keys(transitions) as CampaignVerb[]).filter(
    (verb) => transitionOf(verb).from.includes(status) && mayUse(verb, member),
  );
}

/** What became of a request for approval, in the order of its history. */
export const reviewActs = {
  submitted: { label: "Submitted for approval" },
  withdrawn: { label: "Taken back" },
  approved: { label: "Approved" },
  returned: { label: "Returned with a comment" },
} as const satisfies Record<string, { label: string }>;
export type ReviewAct = keyof typeof reviewActs;

export const campaignTypes = ["acquisition", "retention", "upselling", "behavioral"] as const;
export type CampaignType = (typeof campaignTypes)[number];
export const typeLabels = {
  acquisition: { label: "Acquisition", hint: "Win people who have no policy yet" },
  retention: { label: "Retention", hint: "Keep the customers you have" },
  upselling: { label: "Upselling", hint: "Offer more to people who already hold a policy" },
  behavioral: { label: "Behavioural", hint: "Answer something a customer did" },
} as const satisfies Record<CampaignType, { label: string; hint: string }>;

export const campaignGoals = ["lead_generation", "policy_sales", "renewal_rate", "engagement"] as const;
export type CampaignGoal = (typeof campaignGoals)[number];
export const goalLabels = {
  lead_generation: { label: "Lead generation", hint: "People ask to be contacted" },
  policy_sales: { label: "Policy sales", hint: "People buy a policy" },
  renewal_rate: { label: "Renewal rate", hint: "Policies are renewed in time" },
  engagement: { label: "Engagement", hint: "People read, click and reply" },
} as const satisfies Record<CampaignGoal, { label: string; hint: string }>;

/**
 * Days after a touch in which a conversion counts for it, where the campaign names none (`metrics.md`). A renewal counts
 * until the due date and the grace of its policy; the days stand for policies whose due date is not known.
 */
export const goalWindows = {
  lead_generation: { days: 7, untilGrace: false },
  policy_sales: { days: 30, untilGrace: false },
  renewal_rate: { days: 30, untilGrace: true },
  engagement: { days: 3, untilGrace: false },
} as const satisfies Record<CampaignGoal, { days: number; untilGrace: boolean }>;

export type Purpose = "promotional" | "service";

/**
 * What a message is about fixes its purpose; nothing else can choose it (`joints.md`). Service: something that the
 * customer's own contract calls for. Everything else is promotion and needs consent.
 */
export const categories = {
  welcome: { label: "Welcome", purpose: "service" },
  renewal_reminder: { label: "Renewal reminder", purpose: "service" },
  premium_due: { label: "Premium due", purpose: "service" },
  payment_failed: { label: "Payment failed", purpose: "service" },
  policy_document: { label: "Policy document", purpose: "service" },
  claim_update: { label: "Claim update", purpose: "service" },
  kyc_nominee: { label: "KYC or nominee update", purpose: "service" },
  policy_service: { label: "Policy service", purpose: "service" },
  feedback: { label: "Question about our service", purpose: "service" },
  lapsed_win_back: { label: "Lapsed win-back", purpose: "promotional" },
  cross_sell: { label: "Cross-sell", purpose: "promotional" },
  upsell_rider: { label: "Rider or upgrade offer", purpose: "promotional" },
  new_product: { label: "New product", purpose: "promotional" },
  quotation: { label: "Quotation follow-up", purpose: "promotional" },
  referral: { label: "Referral", purpose: "promotional" },
  birthday: { label: "Birthday or anniversary", purpose: "promotional" },
  festival: { label: "Festival greeting", purpose: "promotional" },
  check_in: { label: "Check-in or policy review", purpose: "promotional" },
  newsletter: { label: "Newsletter", purpose: "promotional" },
} as const satisfies Record<string, { label: string; purpose: Purpose }>;
export type CampaignCategory = keyof typeof categories;
export const campaignCategories = Object.keys(categories) as [CampaignCategory, ...CampaignCategory[]];

/** The purpose of a category; an unknown one is promotion, the stricter of the two. */
export function purposeOf(category: string): Purpose {
  return (categories as Record<string, { purpose: Purpose } | undefined>)[category]?.purpose ?? "promotional";
}

/**
 * Rules that keep a customer out, in the order in which they are asked. The first is asked when the audience is frozen
 * and leaves no execution; the others are asked by the sender and are the reasons that the ledger writes.
 */
export const exclusionRules = [
  "shared_address",
  "stop_state",
  "no_address",
  "invalid_address",
  "suppressed",
  "no_consent",
  "missing_tag",
] as const;
export type ExclusionRule = (typeof exclusionRules)[number];
