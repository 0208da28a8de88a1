"use client";

import { Archive, ArchiveRestore, Ellipsis, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { useOpen } from "@/components/ui/use-open";
import { useAct } from "@/components/workspaces/use-act";
import type { AttributeUse } from "@/server/attributes/usage";
import { useTRPCClient } from "@/server/trpc/react";
import { AttributeDrawer } from "./attribute-drawer";

/** What can be done with an attribute: change it, take it out of use, bring it back. */
export function AttributeMenu({ attribute }: { attribute: AttributeUse }) {
  const { id, label, archived } = attribute;
  const { openId, open, close } = useOpen();
  const client = useTRPCClient();
  const router = useRouter();
  const { act } = useAct();
  const archive = () =>
    act(
      () => client.attributes.setArchived.mutate({ attributeId: id, archived: !archived }),
      archived ? `${label} is in use again` : `${label} is archived; its values stay`,
    );
  return (
    <>
      <DropdownMenu
        trigger={
          <IconButton label={`Change ${label}`} tooltip={false} size="sm" icon={<Ellipsis aria-hidden />} />
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => open(id)}>
          Edit
        </MenuItem>
        <MenuItem
          icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          onSelect={archive}
        >
          {archived ? "Use again" : "Archive"}
        </MenuItem>
      </DropdownMenu>
      {openId === id && (
        <AttributeDrawer
          title={`Edit ${label}`}
          initial={attribute}
          keyIsFixed
          submitLabel="Save"
          onClose={close}
          onSubmit={async ({ key: _, ...fields }) => {
            await client.attributes.change.mutate({ attributeId: id, ...fields });
            toast.success("Saved");
            close();
            router.refresh();
          }}
        />
      )}
    </>
  );
}
