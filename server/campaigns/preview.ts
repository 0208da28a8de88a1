import { withTransaction } from "@/db/transaction";
import { maskerFor } from "@/server/customers";
import type { Context } from "@/server/platform/context";
import { withinBook } from "./book";
import { markFallback, withFallbacksShown } from "./fallback-marks";
import { renderSample } from "./render-sample";
import { type PreviewInput, previewInput } from "./schemas";
import { requireReader } from "./transition";

/**
 * Renders content, saved or not, as one customer would get it. Links keep their own targets and nothing is counted.
 * `message` is null while nobody is in the audience or nothing is written; its `ok` is false when a tag has neither a value
 * nor a fallback for this customer. @throws AppError FORBIDDEN, NOT_FOUND for a foreign customer
 */
export async function previewCampaign(ctx: Context, input: PreviewInput) {
  requireReader(ctx);
  const { audience, customerId, turn, policyTypes, ...message } = previewInput.parse(input);
  const { channel: asked, language, ...content } = message;
  const channel = asked ?? content.channels[0] ?? "email";
  return withTransaction(ctx, async (tx) => {
    const { snapshot, compiled, customer, body, rendered } = await renderSample(tx, ctx, {
      content: { attachments: [], ...content },
      audience: withinBook(ctx, audience),
      channel,
      language,
      customerId,
      turn,
      policyTypes,
      target: { markFallback },
    });
    const shown = rendered?.ok ? withFallbacksShown(rendered.content) : null;
    return {
      channel,
      /** The language of what is shown; null while nothing is written. */
      language: body?.language ?? null,
      customer: customer && {
        id: customer.id,
        name: customer.name,
        language: customer.language,
        address: (await maskerFor(tx, ctx)).address(channel === "email" ? customer.email : customer.phone),
      },
      /** Who it comes from. */
      sender: snapshot.fromName,
      message: shown
        ? { ok: true as const, content: shown.content }
        : rendered?.ok === false
          ? rendered
          : null,
      /** Words that stand where this customer has no value. */
      instead: shown?.instead ?? [],
      problems: compiled.problems,
      /** Tags of the message that is shown, and those that a customer must have. */
      tags: body?.tags ?? [],
      requiredTags: body?.required ?? [],
      /** Where its links lead in the end, with what is added to them. */
      links: body ? [...new Set(body.links)] : [],
    };
  });
}
export type Preview = Awaited<ReturnType<typeof previewCampaign>>;
