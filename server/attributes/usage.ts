import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { readAttributes } from "./list";
import type { AttributeDefinition, AttributeType } from "./schemas";
import { attributeEditors } from "./status";

/** What stops making sense when an attribute goes: a segment in use, a campaign that has not ended, a template in use. */
export type AttributeUser = { kind: "segment" | "campaign" | "template"; id: string; name: string };

export type AttributeUse = AttributeDefinition & {
  /** Customers who have a value. */
  customers: number;
  /** Segments that ask about it, campaigns and templates that say it as a tag, by name. */
  usedBy: AttributeUser[];
};

/** Values that came in under a key that nobody defined. */
export type UndefinedKey = { key: string; customers: number; type: AttributeType };

type Key = { key: string; customers: number; kinds: string[] };

/**
 * The attributes with how much they are used and by what, and the keys under which values stand without a definition.
 * @throws AppError FORBIDDEN
 */
export async function getAttributeUse(
  ctx: Context,
): Promise<{ attributes: AttributeUse[]; undefinedKeys: UndefinedKey[] }> {
  requireRole(ctx, ...attributeEditors);
  return withTransaction(ctx, async (tx) => {
    const definitions = await readAttributes(tx, ctx);
    const keys = await tx.execute<Key>(sql`
      select v.key, count(*)::int as customers, array_agg(distinct jsonb_typeof(v.value)) as kinds
      from customers c cross join lateral jsonb_each(c.attributes) v
      where c.workspace_id = ${ctx.workspaceId} and v.value <> 'null' group by 1 order by 1`);
    const users = await readUsers(tx, ctx);
    const customersOf = new Map(keys.map(({ key, customers }) => [key, customers]));
    const defined = new Set(definitions.map(({ key }) => key));
    return {
      attributes: definitions.map((definition) => ({
        ...definition,
        customers: customersOf.get(definition.key) ?? 0,
        usedBy: users.filter(({ key }) => key === definition.key).map(({ key: _, ...user }) => user),
      })),
      undefinedKeys: keys
        .filter(({ key }) => !defined.has(key))
        .map(({ key, customers, kinds }) => ({ key, customers, type: typeOf(kinds) })),
    };
  });
}

/** Rules name an attribute `attribute:key`, texts `attribute.key`. */
async function readUsers(tx: Transaction, ctx: Context): Promise<(AttributeUser & { key: string })[]> {
  const rows = await tx.execute<AttributeUser & { key: string }>(sql`
    select distinct found.key, u.kind, u.id, u.name from (
      select 'segment' as kind, s.id, s.name, s.rule::text as words from segments s
        where s.workspace_id = ${ctx.workspaceId} and s.archived_at is null and s.deleted_at is null
      union all select 'campaign', c.id, c.name, c.bodies::text from campaigns c
        where c.workspace_id = ${ctx.workspaceId} and c.status not in ('completed', 'cancelled', 'failed')
      union all select 'campaign', c.id, c.name, 'attribute:' || (s.step ->> 'key')
        from campaigns c cross join lateral jsonb_array_elements(c.schedule -> 'steps') as s (step)
        where c.workspace_id = ${ctx.workspaceId} and c.status not in ('completed', 'cancelled', 'failed')
          and s.step ->> 'do' = 'set_attribute'
      union all select 'template', t.id, t.name, v.content::text from templates t
        join template_versions v on v.workspace_id = t.workspace_id and v.template_id = t.id and v.version = t.version
        where t.workspace_id = ${ctx.workspaceId} and t.archived_at is null) u
    cross join lateral (select m[1] as key from regexp_matches(u.words, 'attribute[.:]([a-z0-9_]{1,60})', 'g') m) found
    order by u.kind, u.name, u.id`);
  return [...rows];
}

/** What the values themselves suggest: a type that all of them have already. */
const typeOf = (kinds: string[]): AttributeType =>
  kinds.length === 1 && (kinds[0] === "number" || kinds[0] === "boolean") ? kinds[0] : "text";
