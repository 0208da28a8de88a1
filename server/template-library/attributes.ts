import type { Transaction } from "@/db/transaction";
import { readAttributes } from "@/server/attributes";
import type { Context } from "@/server/platform/context";

/** Key → type of the workspace's custom attributes that messages may speak of. */
export async function attributeTypes(tx: Transaction, ctx: Context): Promise<Record<string, string>> {
  const attributes = await readAttributes(tx, ctx);
  return Object.fromEntries(
    attributes.filter(({ archived }) => !archived).map(({ key, type }) => [key, type]),
  );
}
