import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import { like } from "@/server/platform/like";
import { subjectData } from "./scope";

/** What a run is about, as far as its event names one. The name is null when it is gone. */
export type RunSubject = { kind: "campaign" | "import" | "customer"; id: string; name: string | null };

const keys = [
  ["customerId", "customer"],
  ["importId", "import"],
  ["campaignId", "campaign"],
] as const;

/** The thing that an event's data names: a customer before an import before a campaign. */
function subjectOf(data: unknown): Omit<RunSubject, "name"> | null {
  const found = subjectData(data);
  for (const [key, kind] of keys) {
    const id = found?.[key];
    if (typeof id === "string" && isId(id)) return { kind, id };
  }
  return null;
}

/** What runs are about, with the names that these things have now: events hold ids only. In the order of `data`. */
export async function subjectsOf(tx: Transaction, data: unknown[]): Promise<(RunSubject | null)[]> {
  const subjects = data.map(subjectOf);
  const ids = [...new Set(subjects.flatMap((subject) => (subject ? [subject.id] : [])))];
  if (ids.length === 0) return subjects.map(() => null);
  const rows = await tx.execute<{ id: string; name: string }>(sql`
    with wanted as (select unnest(${sql.param(ids)}::uuid[]) as id)
    select c.id, c.name from campaigns c join wanted using (id)
    union all select i.id, i.file_name from imports i join wanted using (id)
    union all select k.id, k.name from customers k join wanted using (id)`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return subjects.map((subject) => subject && { ...subject, name: names.get(subject.id) ?? null });
}

/** Things of one name that a search may mean; above it, one has to type more. */
const MEANT = 20;

/** The values in an event that a typed text may mean: itself, and the ids of campaigns, customers and imports named so. */
export async function meantBy(tx: Transaction, ctx: Context, typed: string): Promise<string[]> {
  if (isId(typed) || /^\d+$/.test(typed)) return [typed];
  const any = like(typed);
  const own = sql`workspace_id = ${ctx.workspaceId}`;
  const last = sql`order by id desc limit ${MEANT}`;
  const rows = await tx.execute<{ id: string }>(sql`
    (select id from campaigns where ${own} and lower(name) like ${any} ${last})
    union all (select id from imports where ${own} and lower(file_name) like ${any} ${last})
    union all (select id from customers where ${own} and id in (select customers_like(${any})) ${last})`);
  return [typed, ...rows.map(({ id }) => id)];
}
