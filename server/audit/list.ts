import { and, asc, desc, eq, gt, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema/api-keys";
import { auditEntries } from "@/db/schema/platform";
import { users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Actor, Context } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";
import { withNames } from "./names";
import type { KnownNames } from "./schemas";

export type AuditLine = {
  id: string;
  at: Date;
  actorKind: Actor["kind"];
  /** The name of the person or the API key that did it; null for the system and customers. */
  actorName: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  requestId: string | null;
  /** What the ids in this entry are called. */
  names: KnownNames;
};

type Filter = Partial<
  Record<"who" | "action" | "subjectType", string[]> &
    Record<"subjectId" | "days" | "after" | "before", string | null>
>;

const PAGE = 50;

/** Who did what, newest first, a page at a time. */
export async function listAuditEntries(ctx: Context, filter: Filter): Promise<KeysetPage<AuditLine>> {
  const { after, before, who, action, subjectType, subjectId, days } = filter;
  return withTransaction(ctx, async (tx) => {
    const rows = await tx
      .select({
        id: auditEntries.id,
        at: auditEntries.at,
        actorKind: auditEntries.actorKind,
        actorName: sql<string | null>`coalesce(${users.name}, ${apiKeys.name})`,
        action: auditEntries.action,
        subjectType: auditEntries.subjectType,
        subjectId: auditEntries.subjectId,
        before: sql<Record<string, unknown> | null>`${auditEntries.before}`,
        after: sql<Record<string, unknown> | null>`${auditEntries.after}`,
        requestId: auditEntries.requestId,
      })
      .from(auditEntries)
      .leftJoin(users, eq(users.id, auditEntries.actorId))
      .leftJoin(apiKeys, eq(apiKeys.id, auditEntries.actorId))
      .where(
        and(
          eq(auditEntries.workspaceId, ctx.workspaceId),
          byWho(who ?? []),
          action?.length ? inArray(auditEntries.action, action) : undefined,
          subjectType?.length ? inArray(auditEntries.subjectType, subjectType) : undefined,
          subjectId ? eq(auditEntries.subjectId, subjectId) : undefined,
          days ? gt(auditEntries.at, sql`clock_now() - make_interval(days => ${Number(days)})`) : undefined,
          after ? lt(auditEntries.id, after) : undefined,
          before ? gt(auditEntries.id, before) : undefined,
        ),
      )
      .orderBy(before ? asc(auditEntries.id) : desc(auditEntries.id))
      .limit(PAGE + 1);
    const page = keysetPage(rows, { size: PAGE, after, before });
    return { ...page, rows: await withNames(tx, page.rows) };
  });
}

function byWho(who: string[]): SQL | undefined {
  const people = who.filter((each) => each !== "system");
  return or(
    people.length ? inArray(auditEntries.actorId, people) : undefined,
    who.includes("system") ? eq(auditEntries.actorKind, "system") : undefined,
  );
}

export type AuditFilters = {
  people: { id: string; name: string }[];
  actions: string[];
  subjectTypes: string[];
};

/** What the log can be filtered by: everybody and everything that stands in it. */
export function getAuditFilters(ctx: Context): Promise<AuditFilters> {
  return withTransaction(ctx, async (tx) => {
    const own = eq(auditEntries.workspaceId, ctx.workspaceId);
    const kinds = await tx
      .selectDistinct({ action: auditEntries.action, subjectType: auditEntries.subjectType })
      .from(auditEntries)
      .where(own);
    const people = await tx
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(sql`exists (select from ${auditEntries} where ${auditEntries.actorId} = ${users.id} and ${own})`)
      .orderBy(asc(users.name), asc(users.id))
      .limit(200);
    return {
      people,
      actions: [...new Set(kinds.map((kind) => kind.action))].sort(),
      subjectTypes: [...new Set(kinds.map((kind) => kind.subjectType))].sort(),
    };
  });
}
