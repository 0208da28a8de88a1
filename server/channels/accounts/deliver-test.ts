import { channelTests } from "@/db/schema/channels";
import { withHotTransaction, withTransaction } from "@/db/transaction";
import { addressHint } from "@/server/consent";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import type { MessageContent } from "../adapter";
import type { Channel } from "../status";
import { accountFor } from "./account-for";
import { sendTestMessage, spellAddress } from "./test-message";

type CampaignTest = {
  /** Made by the caller: the message's short links name it. */
  testId: string;
  /** Where they lead, by their numbers. */
  links: readonly string[];
  channel: Channel;
  to: string;
  campaignId: string;
  content: MessageContent;
};

/**
 * Sends one message of a campaign, marked as a test, through the account that carries its channel now. It is no row of the
 * ledger and is counted nowhere. @throws AppError BAD_INPUT for what is no address of the channel
 */
export async function deliverTest(ctx: Context, given: CampaignTest): Promise<{ testId: string }> {
  const { testId, channel, campaignId, content } = given;
  const address = spellAddress(channel, given.to);
  const account = await withHotTransaction(ctx.workspaceId, (sql) =>
    accountFor(sql, ctx.workspaceId, channel),
  );
  await withTransaction(ctx, async (tx) => {
    await tx.insert(channelTests).values({
      id: testId,
      workspaceId: ctx.workspaceId,
      accountId: account.accountId,
      requestedBy: ctx.actor.id ?? ctx.workspaceId,
      addressHint: addressHint(channel, address),
      state: "sending",
      links: [...given.links],
    });
    await recordAudit(tx, ctx, {
      action: "campaign.tested",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { channel },
    });
  });
  await sendTestMessage(ctx, account, { testId, address, campaignId, content });
  return { testId };
}
