"use client";

import { ArrowDown, ArrowUp, Copy, Ellipsis, FolderInput, Trash2 } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { most } from "@/server/segments/status";
import { useBuilding } from "./building";
import { depthOf, duplicateNode, removeNode, stepNode, wrapNode } from "./rule-tree";

/** What can be done with a condition or a group. */
export function NodeMenu({ id, className }: { id: string; className?: string }) {
  const { change, tree } = useBuilding();
  const deep = depthOf(tree, id) >= most.depth - 1;
  return (
    <DropdownMenu
      align="end"
      trigger={
        <IconButton
          label="More"
          tooltip={false}
          size="sm"
          icon={<Ellipsis aria-hidden />}
          className={cn("mt-0.5 text-faint", className)}
        />
      }
    >
      <MenuItem icon={<ArrowUp aria-hidden />} onSelect={() => change((each) => stepNode(each, id, "up"))}>
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown aria-hidden />}
        onSelect={() => change((each) => stepNode(each, id, "down"))}
      >
        Move down
      </MenuItem>
      <MenuItem
        icon={<FolderInput aria-hidden />}
        disabled={deep}
        onSelect={() => change((each) => wrapNode(each, id))}
      >
        Put into a new group
      </MenuItem>
      <MenuItem icon={<Copy aria-hidden />} onSelect={() => change((each) => duplicateNode(each, id))}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => change((each) => removeNode(each, id))}>
        Remove
      </MenuItem>
    </DropdownMenu>
  );
}
