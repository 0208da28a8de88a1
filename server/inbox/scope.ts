import { and, eq, isNull, ne, type SQL, sql } from "drizzle-orm";
import { sandboxMessages } from "@/db/schema/sandbox";
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

/**
 * Matches `text` anywhere in a name, an address or a subject, whatever its case. Not in an address for somebody who reads
 * addresses masked: they could be guessed letter by letter.
 */
export function containing(text: string, masked: boolean): SQL {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const address = masked ? sql`''` : sandboxMessages.toAddress;
  return sql`lower(${sandboxMessages.toName} || ' ' || ${address} || ' ' || ${sandboxMessages.subject}) like ${pattern}`;
}
