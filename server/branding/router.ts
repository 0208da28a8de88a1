import { procedureFor, router } from "@/server/trpc/procedures";
import { changeBranding } from "./change";
import { getBranding } from "./get";
import { previewBranding } from "./preview";
import { changeBrandingInput, previewBrandingInput } from "./schemas";

const admin = procedureFor("admin");
/** Those who write campaigns see what stands around their words. */
const writer = procedureFor("admin", "marketer", "advisor");

/** How messages look: administrators change it. */
export const brandingRouter = router({
  get: writer.query(({ ctx }) => getBranding(ctx.verb)),
  // A mutation, because it travels as POST.
  preview: admin.input(previewBrandingInput).mutation(({ ctx, input }) => previewBranding(ctx.verb, input)),
  change: admin.input(changeBrandingInput).mutation(({ ctx, input }) => changeBranding(ctx.verb, input)),
});
