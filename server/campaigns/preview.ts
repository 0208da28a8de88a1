import { withTransaction } from "@/db/transaction";
import { maskerFor } from "@/server/customers";
import { targetOf } from "@/server/deliveries";
import type { Context } from "@/server/platform/context";
import { compileBodies } from "@/server/templates";
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
    const snapshot = await snapshotOf(tx, ctx, { name: "preview", attachments: [], ...content }, workspace);
    const compiled = compileBodies(snapshot);
    const { used, required } = compiled.tags(content.channels);
    const customer = await sampleCustomer(tx, ctx, { customerId, audience, turn, used });
    const body = customer && compiled.body(channel, language ?? customer.language);
    const render = await body?.renderer();
    const target = targetOf(snapshot, body?.language ?? "en", workspace.locale);
    const message =
      customer && body && render
        ? render(customer.values(target.locale, snapshot.attributes), {
            ...target,
            linkUrl: (index) => compiled.links[index] ?? "#",
            shortUrl: (index) => compiled.links[index] ?? "#",
            // Service messages carry no way out of promotion; the others show where it will stand.
            unsubscribeUrl: snapshot.purpose === "promotional" ? "#unsubscribe" : null,
            preferencesUrl: "#preferences",
            pixelUrl: null,
          })
        : null;
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
      message,
      problems: compiled.problems,
      tags: used,
      requiredTags: required,
    };
  });
}
export type Preview = Awaited<ReturnType<typeof previewCampaign>>;
