import { and, asc, eq } from "drizzle-orm";
import { dltTemplates } from "@/db/schema/channels";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";

export type Registered = { dltTemplateId: string; variables: string[] };

/** What stands between the words of an SMS that is not registered yet: tags and addresses. */
const FILLED = /\{\{[^{}]*\}\}|https?:\/\/\S*[^\s.,;:]/g;
const PLACE = /\{#\s*[a-z]+\s*#\}/gi;

/**
 * The active registration whose words are those of each text, and what fills its places; null where none is. `purpose`
 * must agree with the registry's category.
 */
export async function findRegistered(
  tx: Transaction,
  ctx: Context,
  { texts, purpose }: { texts: readonly string[]; purpose: "promotional" | "service" },
): Promise<(Registered | null)[]> {
  if (texts.length === 0) return [];
  const rows = await tx
    .select({ id: dltTemplates.id, text: dltTemplates.text, category: dltTemplates.category })
    .from(dltTemplates)
    .where(and(eq(dltTemplates.workspaceId, ctx.workspaceId), eq(dltTemplates.status, "active")))
    .orderBy(asc(dltTemplates.id));
  const byWords = new Map(
    rows
      .filter(({ category }) => allowed[purpose].includes(category))
      .map(({ id, text }) => [words(text.split(PLACE)), id]),
  );
  return texts.map((text) => {
    const id = byWords.get(words(text.split(FILLED)));
    return id === undefined ? null : { dltTemplateId: id, variables: text.match(FILLED) ?? [] };
  });
}

const allowed: Record<"promotional" | "service", readonly string[]> = {
  promotional: ["promotional", "service_explicit"],
  service: ["service_explicit", "service_implicit", "transactional"],
};

const words = (pieces: string[]): string =>
  pieces.map((piece) => piece.replace(/\s+/g, " ").trim()).join("\u0000");
