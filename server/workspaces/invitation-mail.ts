import { eq } from "drizzle-orm";
import { users, workspaces } from "@/db/schema/workspaces";
import type { Transaction } from "@/db/transaction";
import { env } from "@/env";
import { requestSystemMail } from "@/server/auth";
import type { Context, Role } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { roleLabel } from "./roles";
import { INVITATION_DAYS } from "./schemas";

type Invitation = { email: string; role: Role; isApprover: boolean; token: string };

/** Mails the link of an invitation, in the transaction that made its token. */
export async function mailInvitation(tx: Transaction, ctx: Context, invitation: Invitation): Promise<void> {
  const { email, role, isApprover, token } = invitation;
  const [workspace] = await tx
    .select({ name: workspaces.name })
    .from(workspaces)
    .where(eq(workspaces.id, ctx.workspaceId));
  const [inviter] = ctx.userId
    ? await tx.select({ name: users.name }).from(users).where(eq(users.id, ctx.userId))
    : [];
  const { name } = required(workspace, "workspace");
  await requestSystemMail(tx, ctx, {
    kind: "invitation",
    to: email,
    subject: `Your invitation to ${name} on Ringback`,
    text: `Hello,

${inviter?.name ?? "An administrator"} invites you to ${name} on Ringback, as ${roleLabel(role, isApprover).toLowerCase()}.

Open this address to join. It works for ${INVITATION_DAYS} days:

${env.RINGBACK_URL}/invitation/${token}

If you do not know what this is about, do nothing.`,
  });
}
