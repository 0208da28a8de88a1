import type { Context } from "@/server/platform/context";
import type { Audience } from "./schemas";

/**
 * An audience as it is stored and counted: an advisor's is always within the own book, and nobody takes out of a book what
 * stands in one. What the asker says about the book counts for nothing.
 */
export function withinBook(ctx: Context, asked: Audience, stored?: Audience): Audience {
  const { book: _, ...audience } = asked;
  const book = ctx.role === "advisor" ? ctx.membershipId : stored?.book;
  return book ? { ...audience, book } : audience;
}
