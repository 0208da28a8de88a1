"use client";

import { Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useTRPCClient } from "@/server/trpc/react";
import type { TeamLine } from "@/server/workspaces/list-teams";
import { TeamNameDialog } from "./team-name-dialog";
import { useAct } from "./use-act";

/** Renames or deletes a team. */
export function TeamMenu({ team }: { team: TeamLine }) {
  const client = useTRPCClient();
  const { act } = useAct();
  const [open, setOpen] = useState<"rename" | "delete" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton
            label={`Change the team ${team.name}`}
            tooltip={false}
            size="sm"
            icon={<Ellipsis aria-hidden />}
          />
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen("rename")}>
          Rename
        </MenuItem>
        <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setOpen("delete")}>
          Delete team
        </MenuItem>
      </DropdownMenu>
      {open === "rename" && (
        <TeamNameDialog
          title={`Rename ${team.name}`}
          name={team.name}
          confirmLabel="Rename"
          onSave={(name) => client.workspaces.renameTeam.mutate({ teamId: team.id, name })}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={open === "delete"}
        onOpenChange={close}
        title={`Delete the team ${team.name}?`}
        description={
          team.members.length === 0
            ? "Nobody is in it."
            : `${team.members.length === 1 ? "1 person leaves" : `${team.members.length} people leave`} the team. They stay in the workspace.`
        }
        confirmLabel={`Delete ${team.name}`}
        cancelLabel="Keep"
        onConfirm={async () => {
          await client.workspaces.deleteTeam.mutate({ teamId: team.id });
          act(async () => {}, `${team.name} was deleted`);
        }}
      />
    </>
  );
}
