import { eq, inArray, type SQL, sql } from "drizzle-orm";
import { customers } from "@/db/schema/customers";
import type { Audience } from "./schemas";

/**
 * Who an audience holds, as a condition over `customers`. The one meaning of an audience: the freeze, the pre-flight and
 * the preview all read it here. No tier chosen is nobody.
 */
export function audienceCondition(audience: Audience): SQL {
  if (audience.kind === "all") return sql`true`;
  return audience.tiers.length === 0 ? sql`false` : inArray(customers.tier, audience.tiers);
}

/** The same, inside one workspace, without whoever was or will be erased. */
export const audienceOf = (workspaceId: string, audience: Audience): SQL =>
  sql`${eq(customers.workspaceId, workspaceId)} and ${customers.erasedAt} is null and ${customers.eraseAfter} is null
    and ${audienceCondition(audience)}`;
