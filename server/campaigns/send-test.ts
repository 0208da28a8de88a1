import { campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { countAttempt } from "@/server/auth";
import { deliverTest, type MessageContent, senderMailbox } from "@/server/channels";
import { testShortUrl } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { AppError, required } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import type { Renderer } from "@/server/templates";
import { testLink } from "@/server/tracking";
import { saidBy } from "@/server/variants/content";
import { requireOwnBook } from "./book";
import type { RunContent } from "./content";
import { renderSample } from "./render-sample";
import { type SendTestInput, sendTestInput } from "./schemas";
import { oneCampaign, requireVerb } from "./transition";

/**
 * Sends one message of the saved draft to an address of the person's own, with the values of one customer of its audience,
 * through the account that carries the channel. It belongs to no run, reaches no customer and is counted nowhere; what becomes of
 * it is told by `campaigns.test`. @throws AppError BAD_INPUT in words (nothing written, a tag without a value, no address),
 * LIMIT_EXCEEDED, FORBIDDEN, NOT_FOUND
 */
export async function sendCampaignTest(ctx: Context, input: SendTestInput): Promise<{ testId: string }> {
  requireVerb(ctx, "update");
  await countAttempt("test-message:user", ctx.userId ?? ctx.workspaceId);
  const { id, channel, language, to, customerId, variant } = sendTestInput.parse(input);
  const testId = newId();
  const made = await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select()
      .from(campaigns)
      .where(oneCampaign(ctx, id, "update"));
    const campaign = required(found, "campaign");
    requireOwnBook(ctx, campaign);
    const { abTest } = campaign;
    return renderSample(tx, ctx, {
      content: { ...campaign, ...(abTest && saidBy(campaign, abTest, variant)), abTest: null },
      audience: campaign.audience,
      channel,
      language,
      customerId,
      turn: 0,
      // A template's button was approved with our address in it.
      linkOf: channel === "whatsapp" ? testLink : undefined,
      shortOf: (index) => testShortUrl(testId, index),
    });
  });
  if (!made.customer)
    throw new AppError(
      "BAD_INPUT",
      "Nobody is in the audience, so there are no values to fill in. Choose another audience.",
    );
  if (!made.rendered) throw new AppError("BAD_INPUT", "Nothing is written here yet.");
  if (!made.rendered.ok)
    throw new AppError(
      "BAD_INPUT",
      `“${made.customer.name}” has no value for {{${made.rendered.missingTag}}}, and there are no words to say instead.`,
    );
  return deliverTest(ctx, {
    testId,
    links: made.targets,
    channel,
    to,
    campaignId: id,
    content: asTest(made.rendered.content, made.snapshot),
  });
}

type Rendered = Extract<ReturnType<Renderer>, { ok: true }>["content"];

/** Marked where nothing holds the words: a registered SMS and an approved template must stay as they are. */
function asTest(content: Rendered, { fromName, attachments, branding }: RunContent): MessageContent {
  if (content.channel === "email")
    return {
      ...content,
      subject: `[Test] ${content.subject}`,
      from: senderMailbox(fromName),
      replyTo: branding.replyTo || null,
      unsubscribeUrl: null,
      attachments,
    };
  if (content.channel === "sms" && content.dlt === null)
    return { ...content, text: `[Test] ${content.text}` };
  return content;
}
