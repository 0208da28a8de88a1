import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/deliveries";
import { type Context, requireRole } from "@/server/platform/context";
import { inboxRoles } from "./schemas";

/**
 * The messages that this person may see: those of the workspace, without the product's own mails (they hold one-time
 * links) unless an administrator asks. @throws AppError FORBIDDEN
 */
export function visibleMessages(ctx: Context): SQL | undefined {
  requireRole(ctx, ...inboxRoles);
  const own = eq(sandboxMessages.workspaceId, ctx.workspaceId);
  return ctx.role === "marketer" ? and(own, ne(sandboxMessages.kind, "system")) : own;
}

export const unread: SQL = isNull(sandboxMessages.readAt);

/** Matches `text` anywhere in a name, an address or a subject, whatever its case. */
export function containing(text: string): SQL {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return sql`lower(${sandboxMessages.toName} || ' ' || ${sandboxMessages.toAddress} || ' ' || ${sandboxMessages.subject}) like ${pattern}`;
}
