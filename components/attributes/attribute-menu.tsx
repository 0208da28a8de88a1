"use client";

import { Archive, ArchiveRestore, Ellipsis, Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Drawer } from "@/components/ui/drawer";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { useAct } from "@/components/workspaces/use-act";
import type { AttributeUse } from "@/server/attributes/usage";
import { useTRPCClient } from "@/server/trpc/react";
import { AttributeForm } from "./attribute-form";

/** What can be done with an attribute: change it, take it out of use, bring it back. */
export function AttributeMenu({ attribute }: { attribute: AttributeUse }) {
  const { id, label, archived } = attribute;
  const [open, setOpen] = useState(false);
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
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setOpen(true)}>
          Edit
        </MenuItem>
        <MenuItem
          icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
          onSelect={archive}
        >
          {archived ? "Use again" : "Archive"}
        </MenuItem>
      </DropdownMenu>
      <Drawer title={`Edit ${label}`} open={open} onOpenChange={setOpen}>
        <AttributeForm
          initial={attribute}
          keyIsFixed
          submitLabel="Save"
          onCancel={() => setOpen(false)}
          onSubmit={async ({ key: _, ...fields }) => {
            await client.attributes.change.mutate({ attributeId: id, ...fields });
            toast.success("Saved");
            setOpen(false);
            router.refresh();
          }}
        />
      </Drawer>
    </>
  );
}
