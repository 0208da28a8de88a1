"use client";

import { Ban, Ellipsis, RefreshCw } from "lucide-react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useAct } from "@/components/workspaces/use-act";
import { useTRPCClient } from "@/server/trpc/react";
import { RotateKey } from "./rotate-key";

/** What can be done with a key: put a new one in its place, or end it. */
export function KeyMenu({ id, name }: { id: string; name: string }) {
  const client = useTRPCClient();
  const { act } = useAct();
  const [open, setOpen] = useState<"rotate" | "revoke" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label={`Change ${name}`} tooltip={false} size="sm" icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => setOpen("rotate")}>
          Rotate
        </MenuItem>
        <MenuItem danger icon={<Ban aria-hidden />} onSelect={() => setOpen("revoke")}>
          Revoke
        </MenuItem>
      </DropdownMenu>
      {open === "rotate" && <RotateKey id={id} name={name} onClose={close} />}
      <ConfirmDialog
        open={open === "revoke"}
        onOpenChange={close}
        title={`Revoke ${name}?`}
        description="Whatever uses this key is refused from its next request on. A revoked key cannot be brought back."
        confirmLabel={`Revoke ${name}`}
        cancelLabel="Keep it"
        onConfirm={async () => {
          await client.apiKeys.revoke.mutate({ id });
          act(async () => {}, `${name} is revoked`);
        }}
      />
    </>
  );
}
