import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { type AttributeDefinition, type AttributeValue, attributeText, parseAttributeValue } from "./schemas";

const PAGE = 5_000;
const MOST_EXAMPLES = 3;

type Target = Pick<AttributeDefinition, "key" | "label" | "type" | "options">;
type Held = { id: string; value: AttributeValue };

/**
 * Makes the values that customers have under the key what the definition says, so that a filter by it finds them.
 * Returns the customers whose value was written anew. Reads page by page: a workspace may have a million customers.
 * @throws AppError CONFLICT when a value would be lost, with how many and what they look like
 */
export async function convertValues(tx: Transaction, ctx: Context, to: Target): Promise<string[]> {
  await refuseLosses(tx, ctx, to);
  const converted: string[] = [];
  for await (const page of pagesOf(tx, ctx, to.key)) {
    const changes = page.flatMap(({ id, value }) => {
      const result = parseAttributeValue(to, attributeText(value));
      return result.ok && result.value !== value ? [{ id, value: result.value }] : [];
    });
    if (changes.length === 0) continue;
    await tx.execute(sql`
      update customers c set attributes = jsonb_set(c.attributes, array[${to.key}], r.value), updated_at = clock_now()
      from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as r (id uuid, value jsonb)
      where c.id = r.id and c.workspace_id = ${ctx.workspaceId}`);
    converted.push(...changes.map(({ id }) => id));
  }
  return converted;
}

async function refuseLosses(tx: Transaction, ctx: Context, to: Target): Promise<void> {
  let lost = 0;
  const examples = new Set<string>();
  for await (const page of pagesOf(tx, ctx, to.key))
    for (const { value } of page) {
      const text = attributeText(value);
      if (parseAttributeValue(to, text).ok) continue;
      lost++;
      if (examples.size < MOST_EXAMPLES) examples.add(text.slice(0, 40));
    }
  if (lost === 0) return;
  const who = lost === 1 ? "1 customer has a value" : `${lost} customers have values`;
  const what = to.type === "choice" ? "that is none of the options" : "that does not fit this type";
  throw new AppError(
    "CONFLICT",
    `${who} ${what}, such as ${[...examples].map((text) => `“${text}”`).join(", ")}. Change those first, or keep it as it is.`,
    { field: to.type === "choice" ? "options" : "type", lost },
  );
}

async function* pagesOf(tx: Transaction, ctx: Context, key: string): AsyncGenerator<Held[]> {
  let after: SQL = sql`true`;
  for (;;) {
    const page = await tx.execute<Held>(sql`
      select c.id, c.attributes -> ${key} as value from customers c
      where c.workspace_id = ${ctx.workspaceId} and ${after} and c.attributes ->> ${key} is not null
      order by c.id limit ${PAGE}`);
    const last = page.at(-1);
    if (!last) return;
    yield [...page];
    after = sql`c.id > ${last.id}::uuid`;
  }
}
