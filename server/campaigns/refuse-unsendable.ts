import type { Transaction } from "@/db/transaction";
import { segmentProblems, stepProblems } from "@/server/automations";
import { findFiles } from "@/server/files";
import { readClock } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { dayIn } from "@/server/platform/days";
import { AppError } from "@/server/platform/errors";
import { type CompiledBodies, compileBodies } from "@/server/templates";
import { audienceProblems } from "./audience";
import { bookProblems } from "./book";
import type { RunContent } from "./content";
import { nextDue } from "./next-due";
import { filesOf, type LaunchProblem, launchProblems } from "./problems";
import { countReach } from "./reach";
import { scheduleProblems } from "./schedule-problems";
import { ownWorkspace, snapshotOf } from "./snapshot";
import type { CampaignRow } from "./transition";

export type Sendable = { snapshot: RunContent; compiled: CompiledBodies };

/** Everything that must be mended before it is sent at the time that it asks for. */
export async function findProblems(
  tx: Transaction,
  ctx: Context,
  { campaign, snapshot, zone }: { campaign: CampaignRow; snapshot: RunContent; zone: string },
): Promise<LaunchProblem[]> {
  const compiled = compileBodies(snapshot);
  const gone = await audienceProblems(tx, ctx, campaign.audience);
  const now = await readClock(tx);
  const next = gone.length > 0 ? null : await nextDue(tx, ctx, { campaign, zone, after: now });
  return [
    ...launchProblems(campaign, compiled, await findFiles(tx, ctx, filesOf(campaign, compiled))),
    ...gone,
    ...bookProblems(ctx, campaign),
    ...revisionProblems(campaign),
    ...(await stepProblems(tx, ctx, { schedule: campaign.schedule, snapshot })),
    ...(await segmentProblems(tx, ctx, campaign.schedule)),
    ...(gone.length > 0
      ? []
      : scheduleProblems(campaign, { today: dayIn(zone, now), next: next?.at ?? null })),
  ];
}

/** Changes to an automation are of an automation. */
const revisionProblems = ({ replaces, schedule }: CampaignRow): LaunchProblem[] =>
  replaces === null || schedule.kind === "automated"
    ? []
    : [
        {
          tab: "schedule",
          field: "schedule",
          message: "These are changes to an automation: choose “When something happens” again.",
        },
      ];

/**
 * The content as it would be sent, compiled. `due`: its time has come, so the schedule itself is not asked again.
 * @throws AppError BAD_INPUT with the `tab` and `field` that keep it from being sent; `details.code` is `nobody` when it would
 * reach no one
 */
export async function refuseUnsendable(
  tx: Transaction,
  ctx: Context,
  campaign: CampaignRow,
  { due = false }: { due?: boolean } = {},
): Promise<Sendable> {
  const workspace = await ownWorkspace(tx, ctx);
  const snapshot = await snapshotOf(tx, ctx, campaign, workspace);
  const compiled = compileBodies(snapshot);
  const asked =
    due && campaign.schedule.kind !== "automated"
      ? { ...campaign, schedule: { kind: "now" as const } }
      : campaign;
  const [problem] = await findProblems(tx, ctx, { campaign: asked, snapshot, zone: workspace.timeZone });
  if (problem) throw new AppError("BAD_INPUT", problem.message, { tab: problem.tab, field: problem.field });
  const { audience, reachable } = await countReach(tx, ctx, campaign, compiled);
  // Whom a recurring campaign finds, each of its times decides; whom an automated one, whatever happens.
  if (reachable > 0 || asked.schedule.kind === "recurring" || campaign.schedule.kind === "automated")
    return { snapshot, compiled };
  throw new AppError(
    "BAD_INPUT",
    audience === 0
      ? "Nobody is in this audience. Choose another one."
      : `None of the ${audience} customers in this audience can be sent this message. See who is left out and why.`,
    { tab: "targeting", field: "audience", audience, code: "nobody" },
  );
}
