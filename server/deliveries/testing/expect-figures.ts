import type { Sql } from "postgres";
import { expect } from "vitest";
import type { Context } from "@/server/platform/context";
import { runFigures } from "../figures";
import { type LaunchedCampaign, recount } from "./campaign";

/**
 * Expects a campaign's figures to equal a recount of its raw rows and to add up to the audience. Returns those of the
 * states that are not zero.
 */
export async function expectFigures(
  owner: Sql,
  ctx: Context,
  { campaignId, runNumber }: LaunchedCampaign,
): Promise<Record<string, number>> {
  const figures = await runFigures(ctx, { campaignId });
  const {
    targeted,
    pending,
    sending,
    held,
    retrying,
    sent,
    delivered,
    bounced,
    failed,
    failedAfter,
    unknown,
    skipped,
    cancelled,
  } = figures;
  const undecided = sent - delivered - bounced - failedAfter;
  const states = {
    pending,
    sending,
    held,
    retrying,
    sent: undecided,
    delivered,
    bounced,
    failed,
    unknown,
    skipped,
    cancelled,
  };
  const counted = Object.fromEntries(
    Object.entries({ targeted, ...states }).filter(([, count]) => count > 0),
  );
  const { read = 0, ...rest } = await recount(owner, runNumber);
  // Whoever read it got it: `read` is not counted apart from `delivered`.
  const got = read + (rest.delivered ?? 0);
  expect(counted).toEqual(got > 0 ? { ...rest, delivered: got } : rest);
  expect(Object.values(states).reduce((sum, count) => sum + count, 0)).toBe(targeted);
  return counted;
}
