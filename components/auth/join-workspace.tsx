"use client";

import { signIn } from "next-auth/react";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Answer } from "@/server/auth/answer";
import type { AcceptInvitation } from "@/server/workspaces/schemas";
import { AuthCard } from "./auth-card";
import { JoinForm } from "./join-form";
import { orThrow } from "./or-throw";
import { useJoin } from "./use-join";

type JoinWorkspaceProps = {
  token: string;
  workspace: { id: string; name: string };
  email: string;
  roleLabel: string;
  /** The invited address has an account already. */
  hasAccount: boolean;
  signedInAs: { name: string; isInvited: boolean } | null;
  onAccept: (given: AcceptInvitation) => Promise<Answer>;
  /** Opens a workspace of the signed-in person. */
  onOpen: (workspaceId: string) => Promise<void>;
  onSignOut: () => Promise<void>;
};

/** What an invitation offers, and the shortest way to accept it: one click, a password, or a name and a password. */
export function JoinWorkspace(props: JoinWorkspaceProps) {
  const { token, workspace, email, roleLabel, hasAccount, signedInAs, onAccept, onOpen, onSignOut } = props;
  const [pending, startTransition] = useTransition();
  const join = useJoin(async () => {
    orThrow(await onAccept({ as: "signed-in", token }));
    await onOpen(workspace.id);
  });
  const enter = async (password: string) => {
    const answer = await signIn("credentials", { identifier: email, password, redirect: false });
    if (answer?.ok) await onOpen(workspace.id);
    else window.location.assign("/sign-in");
  };
  return (
    <AuthCard
      title={`Join ${workspace.name}`}
      description={
        <>
          You are invited as {roleLabel.toLowerCase()}, at{" "}
          <span className="break-words font-medium text-ink">{email}</span>.
        </>
      }
    >
      {join.problem && (
        <Notice tone="danger" className="mb-4">
          {join.problem}
        </Notice>
      )}
      {!signedInAs && (
        <JoinForm token={token} hasAccount={hasAccount} onAccept={onAccept} onAccepted={enter} />
      )}
      {signedInAs?.isInvited && (
        <Button variant="primary" className="w-full" loading={join.pending} onClick={join.run}>
          Join as {signedInAs.name}
        </Button>
      )}
      {signedInAs && !signedInAs.isInvited && (
        <div className="flex flex-col gap-4">
          <Notice tone="attention">
            You are signed in as {signedInAs.name}. This invitation is for another address.
          </Notice>
          <Button loading={pending} onClick={() => startTransition(onSignOut)}>
            Sign out, then open the link again
          </Button>
        </div>
      )}
    </AuthCard>
  );
}
