"use client";

import { Check, ChevronsUpDown } from "lucide-react";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";

export type Workspace = { id: string; name: string };

type WorkspaceSwitcherProps = {
  workspace: Workspace;
  workspaces: readonly Workspace[];
  onSwitch: (id: string) => Promise<void>;
  collapsed?: boolean;
};

/** Which workspace this is, and the way to another one. Someone with a single workspace sees only its name. */
export function WorkspaceSwitcher({
  workspace,
  workspaces,
  onSwitch,
  collapsed = false,
}: WorkspaceSwitcherProps) {
  const [pending, startTransition] = useTransition();
  const name = (
    <>
      <Avatar name={workspace.name} shape="square" size="sm" />
      {!collapsed && <span className="min-w-0 flex-1 truncate text-left font-medium">{workspace.name}</span>}
    </>
  );
  const line = cn(
    "flex h-control w-full min-w-0 items-center gap-2 rounded-md px-2",
    collapsed && "justify-center",
  );
  if (workspaces.length < 2)
    return (
      <div className={line} title={workspace.name}>
        {name}
      </div>
    );
  return (
    <DropdownMenu
      align="start"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Workspace: ${workspace.name}`}
          disabled={pending}
          className={cn(line, "transition-colors hover:bg-pressed disabled:opacity-60")}
        >
          {name}
          {!collapsed && <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-faint" />}
        </button>
      }
    >
      <MenuLabel>Workspaces</MenuLabel>
      {workspaces.map(({ id, name: label }) => (
        <MenuItem key={id} onSelect={() => startTransition(() => onSwitch(id))}>
          <Avatar name={label} shape="square" size="sm" />
          <span className="min-w-0 flex-1 truncate">{label}</span>
          {id === workspace.id && <Check aria-label="Open now" className="text-accent-ink" />}
        </MenuItem>
      ))}
    </DropdownMenu>
  );
}
