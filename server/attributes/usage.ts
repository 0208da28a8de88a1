import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { type Context, requireRole } from "@/server/platform/context";
import { readAttributes } from "./list";
import type { AttributeDefinition, AttributeType } from "./schemas";
import { attributeEditors } from "./status";

export type AttributeUse = AttributeDefinition & {
  /** Customers who have a value. */
  customers: number;
  /** Segments in use that ask about it. */
  segments: number;
};

/** Values that came in under a key that nobody defined. */
export type UndefinedKey = { key: string; customers: number; type: AttributeType };

type Key = { key: string; customers: number; kinds: string[] };

/**
 * The attributes with how much they are used, and the keys under which values stand without a definition.
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
    const rules = await tx.execute<{ key: string; segments: number }>(sql`
      select d.key, count(*)::int as segments from attribute_definitions d
      join segments s on s.workspace_id = d.workspace_id and s.archived_at is null and s.deleted_at is null
        and position('"attribute:' || d.key || '"' in s.rule::text) > 0
      where d.workspace_id = ${ctx.workspaceId} group by 1`);
    const customersOf = new Map(keys.map(({ key, customers }) => [key, customers]));
    const segmentsOf = new Map(rules.map(({ key, segments }) => [key, segments]));
    const defined = new Set(definitions.map(({ key }) => key));
    return {
      attributes: definitions.map((definition) => ({
        ...definition,
        customers: customersOf.get(definition.key) ?? 0,
        segments: segmentsOf.get(definition.key) ?? 0,
      })),
      undefinedKeys: keys
        .filter(({ key }) => !defined.has(key))
        .map(({ key, customers, kinds }) => ({ key, customers, type: typeOf(kinds) })),
    };
  });
}

/** What the values themselves suggest: a type that all of them have already. */
const typeOf = (kinds: string[]): AttributeType =>
  kinds.length === 1 && (kinds[0] === "number" || kinds[0] === "boolean") ? kinds[0] : "text";
