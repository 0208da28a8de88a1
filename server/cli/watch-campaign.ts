import { setTimeout as delay } from "node:timers/promises";
import { type RunFigures, runFigures } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";

const LOOK_MS = 250;

/** Messages that need nothing more: their share of `targeted` is the progress. */
export const ended = (figures: RunFigures): number =>
  figures.sent + figures.failed - figures.failedAfter + figures.unknown + figures.skipped + figures.cancelled;

/**
 * Follows a launched campaign until its run ends; calls `onFigures` at each look.
 * Resolves with the last figures. Follows for as long as it takes: the caller's person can stop it.
 */
export async function watchCampaign(
  ctx: Context,
  campaignId: string,
  onFigures: (figures: RunFigures) => void,
): Promise<RunFigures> {
  for (;;) {
    const figures = await runFigures(ctx, { campaignId });
    onFigures(figures);
    if (figures.completedAt) return figures;
    await delay(LOOK_MS);
  }
}

/** "Delivered 4,212 · skipped 318 (no e-mail address 201, …) · 4.4 s" */
export function summarise(figures: RunFigures): string {
  const number = (value: number) => value.toLocaleString("en-IN");
  const reasons = (state: string) =>
    figures.reasons
      .filter((reason) => reason.state === state)
      .map(({ reason, count }) => `${reason.replaceAll("_", " ")} ${number(count)}`)
      .join(", ");
  const part = (state: "skipped" | "failed" | "unknown", count: number) =>
    count === 0 ? [] : [`${state} ${number(count)} (${reasons(state)})`];
  const seconds =
    figures.startedAt && figures.completedAt
      ? [`${((figures.completedAt.getTime() - figures.startedAt.getTime()) / 1000).toFixed(1)} s`]
      : [];
  return [
    `Delivered ${number(figures.delivered)}`,
    ...part("skipped", figures.skipped),
    ...part("failed", figures.failed),
    ...part("unknown", figures.unknown),
    ...seconds,
  ].join(" · ");
}
