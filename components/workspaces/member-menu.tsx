"use client";

import { BadgeCheck, BadgeX, Ellipsis, UserCog, UserMinus } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useTRPCClient } from "@/server/trpc/react";
import type { MemberLine } from "@/server/workspaces/list-members";
import { ChangeRoleDialog } from "./change-role-dialog";
import { useAct } from "./use-act";

/** What an administrator can change about one person. */
export function MemberMenu({ member }: { member: MemberLine }) {
  const { id: membershipId, name, isApprover } = member;
  const client = useTRPCClient();
  const { act, pending } = useAct();
  const [open, setOpen] = useState<"role" | "remove" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton
            label={`Change ${name}`}
            tooltip={false}
            size="sm"
            disabled={pending}
            icon={<Ellipsis aria-hidden />}
          />
        }
      >
        <MenuItem icon={<UserCog aria-hidden />} onSelect={() => setOpen("role")}>
          Change role
        </MenuItem>
        <MenuItem
          icon={isApprover ? <BadgeX aria-hidden /> : <BadgeCheck aria-hidden />}
          onSelect={() =>
            act(
              () => client.workspaces.setApprover.mutate({ membershipId, isApprover: !isApprover }),
              isApprover ? `${name} no longer approves campaigns` : `${name} may approve campaigns`,
            )
          }
        >
          {isApprover ? "Stop being approver" : "Make approver"}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<UserMinus aria-hidden />} onSelect={() => setOpen("remove")}>
          Remove
        </MenuItem>
      </DropdownMenu>
      {open === "role" && <ChangeRoleDialog member={member} onClose={close} />}
      <ConfirmDialog
        open={open === "remove"}
        onOpenChange={close}
        title={`Remove ${name}?`}
        description="They are signed out of this workspace at once and leave their teams. What they made stays. An invitation brings them back."
        confirmLabel={`Remove ${name}`}
        cancelLabel="Keep"
        onConfirm={async () => {
          await client.workspaces.removeMember.mutate({ membershipId });
          act(async () => {}, `${name} was removed`);
        }}
      />
    </>
  );
}
