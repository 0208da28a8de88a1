"use client";

import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { useTRPCClient } from "@/server/trpc/react";
import type { InvitationLine } from "@/server/workspaces/list-invitations";
import { roleLabel } from "@/server/workspaces/roles";
import { useAct } from "./use-act";

type InvitationListProps = { invitations: readonly InvitationLine[]; zone: string };

/** Who was invited and has not joined yet. */
export function InvitationList({ invitations, zone }: InvitationListProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  return (
    <Card title="Invited" flush>
      <ul className="border-line border-t">
        {invitations.map(({ id, email, role, isApprover, invitedBy, createdAt, expiresAt, isExpired }) => (
          <li
            key={id}
            className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 text-sm last:border-b-0"
          >
            <span className="min-w-0 flex-1 basis-52">
              <span className="block truncate font-medium">{email}</span>
              <span className="block text-muted">
                {roleLabel(role, isApprover)}, invited by {invitedBy}{" "}
                <Time value={createdAt.toISOString()} zone={zone} />
              </span>
            </span>
            {isExpired ? (
              <StatusBadge tone="attention" label="Expired" />
            ) : (
              <span className="text-muted">
                Ends <Time value={expiresAt.toISOString()} zone={zone} />
              </span>
            )}
            <span className="flex gap-1">
              <Button
                size="sm"
                disabled={pending}
                onClick={() =>
                  act(
                    () => client.workspaces.resendInvitation.mutate({ invitationId: id }),
                    `Sent again to ${email}; the older link no longer works`,
                  )
                }
              >
                Send again
              </Button>
              <ConfirmDialog
                title={`Take back the invitation of ${email}?`}
                description="The link in the mail stops working. You can invite them again."
                confirmLabel="Take it back"
                cancelLabel="Keep it"
                onConfirm={async () => {
                  await client.workspaces.revokeInvitation.mutate({ invitationId: id });
                  act(async () => {}, "Invitation taken back");
                }}
                trigger={
                  <Button size="sm" variant="ghost">
                    Take back
                  </Button>
                }
              />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
