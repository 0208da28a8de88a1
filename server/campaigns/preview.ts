import { withTransaction } from "@/db/transaction";
import { maskerFor } from "@/server/customers";
import { sampleShortUrl, targetOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { compileBodies } from "@/server/templates";
import { markFallback, withFallbacksShown } from "./fallback-marks";
import { sampleCustomer } from "./sample-customer";
import { type PreviewInput, previewInput } from "./schemas";
import { ownWorkspace, snapshotOf } from "./snapshot";
import { requireReader } from "./transition";

/**
 * Renders content, saved or not, as one customer would get it. Links keep their own targets and nothing is counted.
 * `message` is null while nobody is in the audience or nothing is written; its `ok` is false when a tag has neither a value
 * nor a fallback for this customer. @throws AppError FORBIDDEN, NOT_FOUND for a foreign customer
 */
export async function previewCampaign(ctx: Context, input: PreviewInput) {
  requireReader(ctx);
  const { audience, customerId, turn, channel: asked, language, ...content } = previewInput.parse(input);
  const channel = asked ?? content.channels[0] ?? "email";
  return withTransaction(ctx, async (tx) => {
    const workspace = await ownWorkspace(tx, ctx);
    const snapshot = await snapshotOf(tx, ctx, { attachments: [], ...content }, workspace);
    const compiled = compileBodies(snapshot);
    const { used } = compiled.tags([channel]);
    const customer = await sampleCustomer(tx, ctx, { customerId, audience, turn, used, reads: language });
    const body = compiled.body(channel, language ?? customer?.language ?? "en");
    const render = await body?.renderer();
    const target = targetOf(snapshot, body?.language ?? "en", workspace.locale);
    const values = customer?.values(target.locale, snapshot.attributes) ?? {};
    const rendered =
      customer && body && render
        ? render(values, {
            ...target,
            linkUrl: (index) => compiled.links[index] ?? "#",
            // As long as the one that is sent: it decides how many parts an SMS has.
            shortUrl: (index) =>
              snapshot.tracking.clicks ? sampleShortUrl(index) : (compiled.links[index] ?? "#"),
            // Service messages carry no way out of promotion; the others show where it will stand.
            unsubscribeUrl: snapshot.purpose === "promotional" ? "#unsubscribe" : null,
            preferencesUrl: "#preferences",
            pixelUrl: null,
            markFallback,
          })
        : null;
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
    };
  });
}
export type Preview = Awaited<ReturnType<typeof previewCampaign>>;
