import { mayReadCampaigns } from "@/server/campaigns/status";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

/** Lets the system and those who may look at campaigns pass. @throws AppError FORBIDDEN with who can */
export function requireReader(ctx: Context): void {
  if (ctx.actor.kind === "system" || mayReadCampaigns(ctx)) return;
  throw new AppError(
    "FORBIDDEN",
    "Deliveries are open to marketers, supervisors, approvers and administrators. Ask an administrator of this workspace.",
  );
}
