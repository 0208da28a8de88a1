import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { readChosen } from "./chosen";
import { compileCampaign } from "./problems";
import { sampleCustomer } from "./sample-customer";
import { type PreviewInput, previewInput } from "./schemas";
import { purposeOf } from "./status";
import { requireReader } from "./transition";

/**
 * Renders content, saved or not, as one customer would get it. Links keep their own targets and nothing is counted.
 * `message` is null while nobody is in the audience or nothing is written; its `ok` is false when a tag has neither a value nor a fallback for this customer. @throws AppError FORBIDDEN,
 * NOT_FOUND for a foreign customer
 */
export async function previewCampaign(ctx: Context, input: PreviewInput) {
  requireReader(ctx);
  const { category, audience, customerId, turn, ...content } = previewInput.parse(input);
  const channel = content.channel ?? content.channels[0] ?? "email";
  return withTransaction(ctx, async (tx) => {
    const [workspace] = await tx
      .select({ name: workspaces.name })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId));
    const compiled = compileCampaign(content, await readChosen(tx, ctx, content.bodies));
    const customer = await sampleCustomer(tx, ctx, { customerId, audience, turn });
    const body = customer && compiled.body(channel, content.language ?? customer.language);
    const render = await body?.renderer();
    const message =
      customer && body && render
        ? render(customer.values(body.language), {
            linkUrl: (index) => compiled.links[index] ?? "#",
            // Service messages carry no way out of promotion; the others show where it will stand.
            unsubscribeUrl: purposeOf(category) === "promotional" ? "#unsubscribe" : null,
            pixelUrl: null,
            company: { companyName: required(workspace, "workspace").name },
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
        address: channel === "email" ? customer.email : customer.phone,
      },
      message,
      problems: compiled.problems,
      tags: compiled.tags(content.channels).used,
      requiredTags: compiled.tags(content.channels).required,
    };
  });
}
export type Preview = Awaited<ReturnType<typeof previewCampaign>>;
