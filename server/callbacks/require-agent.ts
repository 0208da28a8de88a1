import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

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
