"use client";

import { Copy, Ellipsis, LibraryBig, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SaveTemplateDialog } from "@/components/template-library/save-template-dialog";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";
import { useClone } from "./use-clone";

/** What else can be done with a draft: copy it, keep it as a template, delete it. */
export function DraftMenu({ id, name, mayKeep }: { id: string; name: string; mayKeep: boolean }) {
  const router = useRouter();
  const client = useTRPCClient();
  const clone = useClone();
  const [deleting, setDeleting] = useState(false);
  const [keeping, setKeeping] = useState(false);
  const deleteDraft = async () => {
    await client.campaigns.deleteDraft.mutate({ id });
    toast.success("Draft deleted");
    router.push("/campaigns");
  };
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={<IconButton label="More" tooltip={false} icon={<Ellipsis aria-hidden />} />}
      >
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void clone(id)}>
          Make a copy
        </MenuItem>
        {mayKeep && (
          <MenuItem icon={<LibraryBig aria-hidden />} onSelect={() => setKeeping(true)}>
            Save as a template
          </MenuItem>
        )}
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => setDeleting(true)}>
          Delete draft
        </MenuItem>
      </DropdownMenu>
      <SaveTemplateDialog campaignId={id} name={name} open={keeping} onOpenChange={setKeeping} />
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${name || "this draft"}?`}
        description="Its content and targeting are gone for good. Nothing was sent from it."
        confirmLabel="Delete draft"
        cancelLabel="Keep it"
        onConfirm={deleteDraft}
      />
    </>
  );
}
