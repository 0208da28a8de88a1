import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { type Claim, claimFrom } from "./claims";

/**
 * The most urgent request that the caller may work on, claimed for them; null when nothing waits. Asking again while
 * holding one answers the same one. Two agents never get the same request, nor the same number.
 * @throws AppError FORBIDDEN for who takes no calls
 */
export async function claimNextCallback(ctx: Context): Promise<Claim | null> {
  const membershipId = requireAgent(ctx);
  const claim = await claimFrom(ctx.workspaceId, membershipId);
  if (claim) bumpTopicsSoon(ctx.workspaceId, "callbacks");
  return claim;
}

/** The caller's membership. @throws AppError FORBIDDEN */
export function requireAgent(ctx: Context): string {
  const takesCalls = ctx.role !== null && ctx.role !== "marketer";
  if (!takesCalls || !ctx.membershipId)
    throw new AppError(
      "FORBIDDEN",
      "Your role takes no calls. A supervisor or an administrator can change that.",
    );
  return ctx.membershipId;
}
