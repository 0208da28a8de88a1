import type { Measured, Sums } from "./measure";

/** The figures of `metrics.md`; a fraction, seconds or a mean, and null on a zero denominator. */
export type Figures = {
  offered: number;
  abandoned: number;
  abandonment: number | null;
  serviceLevel: number | null;
  contactLevel: number | null;
  /** Seconds. */
  asa: number | null;
  waitMedian: number | null;
  waitP90: number | null;
  /** Seconds. */
  aht: number | null;
  connectRate: number | null;
  successRate: number | null;
  resolutionRate: number | null;
  fcr: number | null;
  onTime: number | null;
  satisfaction: number | null;
  /** What they were made of, for "212 of 240" beside them. */
  of: Sums;
};

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Figures of sums. */
export function figuresOf({ waits, key: _, ...of }: Measured): Figures {
  return {
    offered: of.offered,
    abandoned: of.abandoned,
    abandonment: ratio(of.abandoned, of.offered),
    serviceLevel: ratio(of.attemptMet, of.attemptDecided),
    contactLevel: ratio(of.contactMet, of.contactDecided),
    asa: ratio(of.waitSeconds, of.connected),
    waitMedian: waits.median,
    waitP90: waits.p90,
    aht: ratio(of.handleSeconds, of.connects),
    connectRate: ratio(of.connects, of.attempts),
    successRate: ratio(of.talked, of.closed),
    resolutionRate: ratio(of.resolved, of.closed),
    fcr: ratio(of.firstTime, of.resolved),
    onTime: ratio(of.kept, of.promises),
    satisfaction: ratio(of.stars, of.answers),
    of,
  };
}
