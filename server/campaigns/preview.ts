import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { compileMessage } from "@/server/templates";
import { sampleCustomer } from "./sample-customer";
import { type PreviewInput, previewInput } from "./schemas";
import { purposeOf } from "./status";
import { requireReader } from "./transition";

/**
 * Renders content, saved or not, as one customer would get it. Links keep their own targets and nothing is counted.
 * `message.ok` is false when a tag has neither a value nor a fallback for this customer. @throws AppError FORBIDDEN,
 * NOT_FOUND for a foreign customer
 */
export async function previewCampaign(ctx: Context, input: PreviewInput) {
  requireReader(ctx);
  const { category, audience, customerId, turn, ...content } = previewInput.parse(input);
  const compiled = compileMessage(content);
  return withTransaction(ctx, async (tx) => {
    const [workspace] = await tx
      .select({ name: workspaces.name })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId));
    const customer = await sampleCustomer(tx, ctx, { customerId, audience, turn });
    const message = customer
      ? compiled.render(customer.values, {
          linkUrl: (index) => compiled.links[index] ?? "#",
          // Service messages carry no way out of promotion; the others show where it will stand.
          unsubscribeUrl: purposeOf(category) === "promotional" ? "#unsubscribe" : null,
          pixelUrl: null,
          company: { companyName: required(workspace, "workspace").name },
        })
      : null;
    return {
      customer: customer && { id: customer.id, name: customer.name, email: customer.email },
      message,
      problems: compiled.problems,
      tags: compiled.tags,
      requiredTags: compiled.required,
    };
  });
}
export type Preview = Awaited<ReturnType<typeof previewCampaign>>;
