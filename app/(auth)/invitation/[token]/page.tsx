import type { Metadata } from "next";
import { signOutAction, switchWorkspaceAction } from "@/app/(app)/actions";
import { DeadLink } from "@/components/auth/dead-link";
import { JoinWorkspace } from "@/components/auth/join-workspace";
import { oneTimeToken } from "@/server/auth/schemas";
import { currentSignedIn } from "@/server/auth/session";
import { api } from "@/server/trpc/caller";
import { roleLabel } from "@/server/workspaces/roles";
import { type InvitationEnd, invitationEnds } from "@/server/workspaces/schemas";
import { acceptInvitationAction } from "../actions";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const invitation = oneTimeToken.safeParse(token).success
    ? await (await api()).workspaces.invitation({ token })
    : null;
  if (invitation?.state !== "open") return <EndedInvitation end={invitation?.state ?? "unknown"} />;
  const { workspaceId, workspaceName, email, role, isApprover, account } = invitation;
  const signedIn = await currentSignedIn();
  return (
    <JoinWorkspace
      token={token}
      workspace={{ id: workspaceId, name: workspaceName }}
      email={email}
      roleLabel={roleLabel(role, isApprover)}
      hasAccount={account !== null}
      signedInAs={signedIn && { name: signedIn.user.name, isInvited: signedIn.user.id === account?.userId }}
      onAccept={acceptInvitationAction}
      onOpen={switchWorkspaceAction}
      onSignOut={signOutAction}
    />
  );
}

function EndedInvitation({ end }: { end: InvitationEnd }) {
  return (
    <DeadLink title="This invitation has ended" action={{ href: "/sign-in", label: "Go to sign in" }}>
      {invitationEnds[end]}
    </DeadLink>
  );
}
