import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { notify } from "@/server/notifications";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { type AssignInput, assignInput } from "./schemas";
import { responseAnswerers, responseReaders } from "./status";

export type Assignee = { id: string; name: string };

const MOST = 500;
const answerers = sql`any(${sql.param([...responseAnswerers])}::text[])`;

/** Whom a response can be given to, by name; at most 500. @throws AppError FORBIDDEN */
export async function listAssignees(ctx: Context): Promise<Assignee[]> {
  requireRole(ctx, ...responseReaders);
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<Assignee>(sql`
      select m.id, u.name from memberships m join users u on u.id = m.user_id
      where m.workspace_id = ${ctx.workspaceId} and m.status = 'active' and m.role = ${answerers}
      order by u.name, m.id limit ${MOST}`);
    return [...rows];
  });
}

/**
 * Gives responses to a member who answers them, or to nobody, and tells that member, unless it is the one who gives. Those of
 * other workspaces, and those that are given so already, are passed over. Returns how many changed.
 * @throws AppError FORBIDDEN; NOT_FOUND for somebody who is no member or may not answer
 */
export async function assignResponses(ctx: Context, given: AssignInput): Promise<{ changed: number }> {
  requireRole(ctx, ...responseReaders);
  const { responseIds, assigneeId: asked } = assignInput.parse(given);
  const ids = [...new Set(responseIds.map(parseId))];
  const assigneeId = asked === null ? null : parseId(asked);
  return withTransaction(ctx, async (tx) => {
    if (assigneeId !== null) {
      const [member] = await tx.execute<{ id: string }>(sql`
        select id from memberships where workspace_id = ${ctx.workspaceId} and id = ${assigneeId} and status = 'active'
          and role = ${answerers} for share`);
      required(member, "member");
    }
    const rows = await tx.execute<{ id: string }>(sql`
      update responses set assignee_id = ${assigneeId}
      where workspace_id = ${ctx.workspaceId} and id = any(${sql.param(ids)}::uuid[])
        and assignee_id is distinct from ${assigneeId}::uuid returning id`);
    const [first] = rows;
    if (!first) return { changed: 0 };
    await recordAudit(tx, ctx, {
      action: "response.assigned",
      subjectType: rows.length === 1 ? "response" : "responses",
      subjectId: first.id,
      after: { assigneeId, responses: rows.map(({ id }) => id) },
    });
    if (assigneeId !== null && assigneeId !== ctx.membershipId)
      await notify(tx, ctx, [assigneeId], {
        kind: "response.assigned",
        subjectType: "response",
        subjectId: first.id,
        text:
          rows.length === 1
            ? "A customer's response was given to you."
            : `${rows.length} customers' responses were given to you.`,
        key: `response.assigned:${newId()}`,
      });
    await bumpTopics(tx, ctx, "responses");
    return { changed: rows.length };
  });
}
