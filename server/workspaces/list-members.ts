import { and, asc, desc, eq, gt, ilike, lt, or, sql } from "drizzle-orm";
import { memberships, sessions, teamMembers, teams, users } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context, Role } from "@/server/platform/context";
import { type KeysetPage, keysetPage } from "@/server/platform/keyset";

export type MemberLine = {
  id: string;
  userId: string;
  name: string;
  email: string | null;
  phone: string | null;
  role: Role;
  isApprover: boolean;
  /** Names of the teams they belong to. */
  teams: string[];
  since: Date;
  /** Their last request in this workspace; null when they never signed in here. */
  lastSeenAt: Date | null;
};

type Filter = { search: string; after?: string | null; before?: string | null };

const PAGE = 50;

/** Active members in the order of joining, a page at a time. `search` looks into names, addresses and numbers. */
export async function listMembers(
  ctx: Context,
  filter: Filter,
  size: number = PAGE,
): Promise<KeysetPage<MemberLine> & { total: number }> {
  const { after, before, search } = filter;
  const words = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const matching = and(
    eq(memberships.workspaceId, ctx.workspaceId),
    eq(memberships.status, "active"),
    search ? or(ilike(users.name, words), ilike(users.email, words), ilike(users.phone, words)) : undefined,
  );
  return withTransaction(ctx, async (tx) => {
    const rows = await tx
      .select({
        id: memberships.id,
        userId: users.id,
        name: users.name,
        email: users.email,
        phone: users.phone,
        role: memberships.role,
        isApprover: memberships.isApprover,
        since: memberships.createdAt,
        teams: sql<
          string[]
        >`(select coalesce(array_agg(${teams.name} order by ${teams.name}), '{}') from ${teamMembers} join ${teams} on ${teams.id} = ${teamMembers.teamId} where ${teamMembers.membershipId} = ${memberships.id})`,
        lastSeenAt:
          sql<Date | null>`(select max(${sessions.lastSeenAt}) from ${sessions} where ${sessions.userId} = ${users.id} and ${sessions.workspaceId} = ${memberships.workspaceId})`.mapWith(
            sessions.lastSeenAt,
          ),
      })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(
          matching,
          after ? gt(memberships.id, after) : undefined,
          before ? lt(memberships.id, before) : undefined,
        ),
      )
      .orderBy(before ? desc(memberships.id) : asc(memberships.id))
      .limit(size + 1);
    const [count] = await tx
      .select({ total: sql<number>`count(*)::int` })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(matching);
    return { ...keysetPage(rows, { size, after, before }), total: count?.total ?? 0 };
  });
}

/** Everybody by name, for choosing one of them; at most 2,000. */
export function listMemberNames(ctx: Context): Promise<{ id: string; name: string; role: Role }[]> {
  return withTransaction(ctx, (tx) =>
    tx
      .select({ id: memberships.id, name: users.name, role: memberships.role })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.workspaceId, ctx.workspaceId), eq(memberships.status, "active")))
      .orderBy(asc(users.name), asc(memberships.id))
      .limit(2_000),
  );
}

/** Names of the administrators, for "ask one of them"; at most five. */
export function listAdministrators(ctx: Context): Promise<{ name: string }[]> {
  return withTransaction(ctx, (tx) =>
    tx
      .select({ name: users.name })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(
        and(
          eq(memberships.workspaceId, ctx.workspaceId),
          eq(memberships.status, "active"),
          eq(memberships.role, "admin"),
        ),
      )
      .orderBy(asc(memberships.id))
      .limit(5),
  );
}
