import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import type { LaunchProblem } from "./problems";
import type { Audience } from "./schemas";
import type { CampaignRow } from "./transition";

/**
 * An audience as it is stored and counted: an advisor's is always within the own book, and nobody takes out of a book what
 * stands in one. What the asker says about the book counts for nothing.
 */
export function withinBook(ctx: Context, asked: Audience, stored?: Audience): Audience {
  const { book: _, ...audience } = asked;
  const book = ctx.role === "advisor" ? ctx.membershipId : stored?.book;
  return book ? { ...audience, book } : audience;
}

type Owned = Pick<CampaignRow, "audience" | "ownerId">;

/** What keeps an advisor's own campaign from being sent: it goes beyond their book, from a time when they had another role. */
export function bookProblems(ctx: Context, { audience, ownerId }: Owned): LaunchProblem[] {
  if (ctx.role !== "advisor" || ownerId !== ctx.userId || audience.book === ctx.membershipId) return [];
  const message =
    "This campaign goes beyond your own book. Any change that you save keeps it within; what was launched already, a marketer runs.";
  return [{ tab: "targeting", field: "audience", message }];
}

/** @throws AppError BAD_INPUT when an advisor's campaign goes beyond the own book */
export function requireOwnBook(ctx: Context, campaign: Owned): void {
  const [problem] = bookProblems(ctx, campaign);
  if (problem) throw new AppError("BAD_INPUT", problem.message, { tab: problem.tab, field: problem.field });
}
