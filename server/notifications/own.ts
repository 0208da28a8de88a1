import { and, eq, type SQL } from "drizzle-orm";
import { notifications } from "@/db/schema/notifications";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";

/** The asker's membership. @throws AppError FORBIDDEN for who is no member: nobody else is told anything */
export function memberOf(ctx: Context): string {
  if (ctx.membershipId !== null) return ctx.membershipId;
  throw new AppError("FORBIDDEN", "Notifications are for members. Sign in as one.");
}

/** The asker's own notifications. */
export const ownNotifications = (ctx: Context): SQL | undefined =>
  and(eq(notifications.workspaceId, ctx.workspaceId), eq(notifications.membershipId, memberOf(ctx)));
