import { asc, eq, sql } from "drizzle-orm";
import { attributeDefinitions } from "@/db/schema/attributes";
import { type Transaction, withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import type { AttributeDefinition } from "./schemas";

/** Every attribute that the workspace defined, archived ones too, by name; in the caller's transaction. */
export function readAttributes(tx: Transaction, ctx: Context): Promise<AttributeDefinition[]> {
  return tx
    .select({
      id: attributeDefinitions.id,
      key: attributeDefinitions.key,
      label: attributeDefinitions.label,
      type: attributeDefinitions.type,
      options: attributeDefinitions.options,
      description: attributeDefinitions.description,
      archived: sql<boolean>`${attributeDefinitions.archivedAt} is not null`,
    })
    .from(attributeDefinitions)
    .where(eq(attributeDefinitions.workspaceId, ctx.workspaceId))
    .orderBy(asc(sql`lower(${attributeDefinitions.label})`), asc(attributeDefinitions.id));
}

/** The same in a transaction of its own. What is offered for new use leaves the archived ones out. */
export const listAttributes = (ctx: Context): Promise<AttributeDefinition[]> =>
  withTransaction(ctx, (tx) => readAttributes(tx, ctx));
