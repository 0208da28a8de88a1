import { withTransaction } from "@/db/transaction";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import type { Context } from "@/server/platform/context";
import { type Claim, claimFrom } from "./claims";
import { movePresence } from "./presence";
import { requireAgent } from "./require-agent";

/**
 * The most urgent request that the caller may work on, claimed for them; null when nothing waits. Asking again while
 * holding one answers the same one. Two agents never get the same request, nor the same number.
 * @throws AppError FORBIDDEN for who takes no calls
 */
export async function claimNextCallback(ctx: Context): Promise<Claim | null> {
  const membershipId = requireAgent(ctx);
  const claim = await claimFrom(ctx.workspaceId, membershipId);
  // Who asks for work is there for it.
  await withTransaction(ctx, (tx) => movePresence(tx, ctx, "available", ["offline", "break"]));
  if (claim) bumpTopicsSoon(ctx.workspaceId, "callbacks");
  return claim;
}
