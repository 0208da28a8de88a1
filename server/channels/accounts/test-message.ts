import { and, eq } from "drizzle-orm";
import { channelTests } from "@/db/schema/channels";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { parseEmail, parsePhone } from "@/server/customers";
import { clockNow } from "@/server/platform/clock";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import type { MessageContent, SendOutcome } from "../adapter";
import type { Channel } from "../status";
import type { Account } from "./account-for";
import { testPublicId } from "./test-events";
import { noteAccepted, troubleAccount } from "./trouble-account";

type TestMessage = { testId: string; address: string; campaignId: string | null; content: MessageContent };

/** Hands a test that is written down to the account's real adapter, and keeps what it answered. */
export async function sendTestMessage(
  ctx: Context,
  account: Account,
  { testId, address, campaignId, content }: TestMessage,
): Promise<void> {
  const message = {
    publicId: testPublicId(testId),
    campaignId,
    customerId: null,
    kind: "test" as const,
    to: { name: "", address },
    content,
  };
  const [outcome] = await account.adapter.send(ctx.workspaceId, [message], {
    start: () => true,
    finish: () => {},
  });
  await keep(ctx, { testId, accountId: account.accountId, outcome });
}

/** The address as its channel spells it. @throws AppError BAD_INPUT in words */
export function spellAddress(channel: Channel, to: string): string {
  const parsed = channel === "email" ? parseEmail(to) : parsePhone(to);
  if (parsed.ok) return parsed.value;
  const form =
    channel === "email" ? "an e-mail address" : "a number with its country code, like +91 98123 45678";
  throw new AppError("BAD_INPUT", `This is not ${form}.`, { field: "to" });
}

async function keep(
  ctx: Context,
  told: { testId: string; accountId: string; outcome: SendOutcome | undefined },
): Promise<void> {
  const { outcome } = told;
  const accepted = outcome?.kind === "accepted";
  await withTransaction(ctx, async (tx) => {
    // A webhook may have been faster than this: it knows more.
    await tx
      .update(channelTests)
      .set({
        state: accepted ? (outcome.delivered ? "delivered" : "accepted") : "failed",
        sentence: accepted ? null : sentenceOf(outcome),
        providerMessageId: accepted ? outcome.providerMessageId : null,
        changedAt: clockNow as unknown as Date,
      })
      .where(and(eq(channelTests.id, told.testId), eq(channelTests.state, "sending")));
    await bumpTopics(tx, ctx, "channels", "inbox");
  });
  // What refuses the test refuses campaigns too: the account's health says so before one finds out.
  if (outcome?.kind === "configuration" && outcome.scope === "account")
    await troubleAccount(ctx, told.accountId, outcome.sentence);
  if (accepted)
    await withHotTransaction(ctx.workspaceId, (sql) => noteAccepted(sql, ctx.workspaceId, told.accountId));
}

function sentenceOf(outcome: SendOutcome | undefined): string {
  switch (outcome?.kind) {
    case "configuration":
    case "unreachable":
      return outcome.sentence;
    case "unprepared":
      return `It was not sent (${outcome.why}).`;
    case "failed":
    case "again":
      return `It was not taken: ${outcome.detail}.`;
    case "unknown":
      return `The provider may have taken it; its answer was lost (${outcome.detail}). Look at the phone or mailbox.`;
    default:
      return "It was not sent.";
  }
}
