import { and, desc, eq, inArray, sql } from "drizzle-orm";
import { channelTests } from "@/db/schema/channels";
import { type Transaction, withTransaction } from "@/db/transaction";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { isId, parseId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import type { ProviderEvent } from "../provider-event";

const PREFIX = "test-";

export const testPublicId = (testId: string): string => PREFIX + testId;

/** The test that a public id names; null for executions and everything else. */
export function readTestPublicId(publicId: string | null): string | null {
  const id = publicId?.startsWith(PREFIX) ? publicId.slice(PREFIX.length) : null;
  return id !== null && isId(id) ? id : null;
}

/** States in which an event still says something new; they arrive late, twice and out of order. */
const news = {
  delivered: ["sending", "accepted"],
  read: ["sending", "accepted", "delivered"],
  failed: ["sending", "accepted"],
} as const;

/** Keeps what a provider tells of a test; never a row of the ledger. */
export async function applyTestEvent(ctx: Context, testId: string, event: ProviderEvent): Promise<void> {
  const state = event.kind;
  if (state !== "delivered" && state !== "read" && state !== "failed") return;
  const detail = event.detail ?? "no reason given";
  await withTransaction(ctx, async (tx) => {
    await tx
      .update(channelTests)
      .set({
        state,
        sentence: state === "failed" ? `The provider could not deliver it: ${detail}.` : null,
        changedAt: clockNow as unknown as Date,
      })
      .where(
        and(
          eq(channelTests.id, testId),
          eq(channelTests.workspaceId, ctx.workspaceId),
          inArray(channelTests.state, [...news[state]]),
        ),
      );
    await bumpTopics(tx, ctx, "channels");
  });
}

export type TestLine = {
  id: string;
  accountId: string;
  addressHint: string;
  state: "sending" | "accepted" | "delivered" | "read" | "failed";
  sentence: string | null;
  providerMessageId: string | null;
  at: string;
};

const line = {
  id: channelTests.id,
  accountId: channelTests.accountId,
  addressHint: channelTests.addressHint,
  state: channelTests.state,
  sentence: channelTests.sentence,
  providerMessageId: channelTests.providerMessageId,
  at: sql<string>`to_json(${channelTests.changedAt}) #>> '{}'`,
};

/** Tests that are shown beside an account. */
const SHOWN = 5;

/** The latest tests of an account, newest first. */
export async function listTests(tx: Transaction, ctx: Context, accountId: string): Promise<TestLine[]> {
  return tx
    .select(line)
    .from(channelTests)
    .where(and(eq(channelTests.accountId, accountId), eq(channelTests.workspaceId, ctx.workspaceId)))
    .orderBy(desc(channelTests.id))
    .limit(SHOWN);
}

/** How a test stands. @throws AppError NOT_FOUND */
export async function getTest(ctx: Context, testId: string): Promise<TestLine> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx
      .select(line)
      .from(channelTests)
      .where(and(eq(channelTests.id, parseId(testId)), eq(channelTests.workspaceId, ctx.workspaceId))),
  );
  return required(row, "test");
}
