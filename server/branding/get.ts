import { eq } from "drizzle-orm";
import { workspaces } from "@/db/schema/workspaces";
import { withTransaction } from "@/db/transaction";
import { type BrandingSettings, brandingSchema, type Utm } from "@/server/campaigns/content";
import { senderMailbox } from "@/server/channels";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";

export type Branding = {
  branding: BrandingSettings;
  utm: Utm | null;
  /** The workspace's name, where no company's name is set. */
  workspaceName: string;
  /** The address that mails come from. */
  fromAddress: string;
};

/** How the workspace's messages look and what is added to their links. */
export async function getBranding(ctx: Context): Promise<Branding> {
  const [row] = await withTransaction(ctx, (tx) =>
    tx
      .select({ name: workspaces.name, branding: workspaces.branding, utm: workspaces.utm })
      .from(workspaces)
      .where(eq(workspaces.id, ctx.workspaceId)),
  );
  const { name, branding, utm } = required(row, "workspace");
  return {
    branding: brandingSchema.parse(branding),
    utm,
    workspaceName: name,
    fromAddress: senderMailbox().address,
  };
}
