"use client";

import { Archive, ArchiveRestore, BadgeCheck, Copy, Download, Ellipsis, Undo2 } from "lucide-react";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import type { TemplateDetail } from "@/server/template-library/get";
import { useTemplateActs } from "./template-acts";

/** What else can be done with a template; only what the person may do is there. */
export function TemplateMenu({ template }: { template: TemplateDetail }) {
  const acts = useTemplateActs(template);
  const { mayEdit, mayApprove, approvedAt, archivedAt } = template;
  if (!mayEdit && !mayApprove) return null;
  return (
    <DropdownMenu
      align="end"
      trigger={<IconButton label="More" tooltip={false} icon={<Ellipsis aria-hidden />} />}
    >
      {mayApprove && (
        <MenuItem
          icon={approvedAt ? <Undo2 aria-hidden /> : <BadgeCheck aria-hidden />}
          onSelect={() => void acts.setApproved(approvedAt === null)}
        >
          {approvedAt ? "Withdraw the approval" : "Approve for advisors"}
        </MenuItem>
      )}
      {mayEdit && (
        <>
          <MenuItem icon={<Copy aria-hidden />} onSelect={() => void acts.duplicate()}>
            Duplicate
          </MenuItem>
          <MenuItem icon={<Download aria-hidden />} onSelect={() => void acts.download()}>
            Export as a file
          </MenuItem>
          <MenuSeparator />
          <MenuItem
            icon={archivedAt ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
            onSelect={() => void acts.setArchived(archivedAt === null)}
          >
            {archivedAt ? "Use again" : "Archive"}
          </MenuItem>
        </>
      )}
    </DropdownMenu>
  );
}
