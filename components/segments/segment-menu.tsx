"use client";

import { Archive, ArchiveRestore, Copy, Ellipsis, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useSegmentActs } from "./segment-acts";

type SegmentMenuProps = { id: string; name: string; archived: boolean; onItsPage?: boolean };

/** Copy, archive, delete. A deletion can be undone, so it does not ask. */
export function SegmentMenu({ id, name, archived, onItsPage = false }: SegmentMenuProps) {
  const router = useRouter();
  const acts = useSegmentActs({ id, name });
  return (
    <DropdownMenu
      align="end"
      trigger={
        <IconButton
          label={onItsPage ? "More" : `More for ${name}`}
          tooltip={false}
          size={onItsPage ? "md" : "sm"}
          icon={<Ellipsis aria-hidden />}
        />
      }
    >
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => void acts.duplicate()}>
        Duplicate
      </MenuItem>
      <MenuItem
        icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        onSelect={() => void acts.setArchived(!archived)}
      >
        {archived ? "Use again" : "Archive"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 aria-hidden />}
        danger
        onSelect={async () => {
          if ((await acts.remove()) && onItsPage) router.push("/segments");
        }}
      >
        Delete
      </MenuItem>
    </DropdownMenu>
  );
}
