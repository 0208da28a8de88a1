import {
  type CallbackPriority,
  type CallbackTier,
  otherWeight,
  requestTypes,
  tierWeights,
  type Urgency,
  urgencies,
} from "./status";

export type Scored = { requestType: string; urgency: Urgency; tier: CallbackTier };

export type Score = {
  /** What each part weighs; they add up to `sum`. */
  parts: { type: number; urgency: number; tier: number };
  sum: number;
  /** 1–100, of the most that there can be. */
  score: number;
  priority: CallbackPriority;
};

/** The heaviest type, urgency and tier together. */
const MOST = 125;

/** The score of a request (`sla.md`, Defaults). Age stands beside it and never changes it. */
export function scoreOf({ requestType, urgency, tier }: Scored): Score {
  const known = Object.hasOwn(requestTypes, requestType)
    ? requestTypes[requestType as keyof typeof requestTypes]
    : undefined;
  const parts = {
    type: known?.weight ?? otherWeight,
    urgency: urgencies[urgency].weight,
    tier: tierWeights[tier],
  };
  const sum = parts.type + parts.urgency + parts.tier;
  const score = shownScore(sum);
  return { parts, sum, score, priority: score >= 84 ? "high" : score >= 68 ? "medium" : "low" };
}

/** The score that is shown for a sum: a share of the most that there can be, 1–100. */
export const shownScore = (sum: number): number => Math.min(100, Math.max(1, Math.round((100 * sum) / MOST)));

const HOURS_A_POINT = 4;
const HOUR_MS = 3_600_000;

/**
 * The fixed key that orders the queue, the highest first. Everybody ages by one point in four hours, so the difference of
 * two requests never changes: no job re-scores, and nothing starves.
 */
export const orderKeyOf = (sum: number, createdAt: Date): number =>
  sum - createdAt.getTime() / HOUR_MS / HOURS_A_POINT;
