import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import { isId } from "@/server/platform/ids";
import type { KnownNames } from "./schemas";

type Entry = {
  subjectId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** Every id that an entry mentions: its subject and the values of its fields. */
const idsIn = ({ subjectId, before, after }: Entry): string[] =>
  [subjectId, ...Object.values(before ?? {}), ...Object.values(after ?? {})].filter(
    (value): value is string => typeof value === "string" && isId(value),
  );

/**
 * Adds to each entry what people call the things that it mentions. Joined when the log is read: the log itself holds ids
 * only, so that a person can be forgotten.
 */
export async function withNames<E extends Entry>(
  tx: Transaction,
  entries: E[],
): Promise<(E & { names: KnownNames })[]> {
  const ids = [...new Set(entries.flatMap(idsIn))];
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    with wanted as (select unnest(${sql.param(ids)}::uuid[]) as id)
    select u.id, u.name from users u join wanted using (id)
    union all select m.id, u.name from memberships m join wanted using (id) join users u on u.id = m.user_id
    union all select t.id, t.name from teams t join wanted using (id)
    union all select i.id, i.email from invitations i join wanted using (id)
    union all select w.id, w.name from workspaces w join wanted using (id)
    union all select k.id, k.name from api_keys k join wanted using (id)
    union all select c.id, c.name from campaigns c join wanted using (id)`);
  const known = new Map(rows.map(({ id, name }) => [id, name]));
  return entries.map((entry) => ({
    ...entry,
    names: Object.fromEntries(
      idsIn(entry).flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? ""]] : [])),
    ),
  }));
}
