"use client";

import { Keyboard, LogOut } from "lucide-react";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import type { Theme } from "./theme";
import { ThemeMenu } from "./theme-menu";

export type Viewer = {
  name: string;
  /** E-mail address or phone number: what they signed in with. */
  login: string;
  /** The role in words: "Marketer". */
  roleLabel: string;
};

/** What this tab kept of somebody's work is not for whoever signs in next. */
async function leave(onSignOut: () => Promise<void>): Promise<void> {
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that refuses storage kept nothing.
  }
  await onSignOut();
}

type UserMenuProps = { viewer: Viewer; theme: Theme; onSignOut: () => Promise<void>; onShowKeys: () => void };

/** Who is signed in, the theme, the way out. */
export function UserMenu({ viewer, theme, onSignOut, onShowKeys }: UserMenuProps) {
  const [pending, startTransition] = useTransition();
  return (
    <DropdownMenu
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${viewer.name}`}
          disabled={pending}
          className="flex size-8 items-center justify-center rounded-full pointer-coarse:size-10 hover:bg-pressed"
        >
          <Avatar name={viewer.name} />
        </button>
      }
    >
      <div className="px-2 pt-1 pb-1.5">
        <p className="truncate font-medium">{viewer.name}</p>
        <p className="truncate text-faint text-xs">{viewer.login}</p>
        <p className="text-faint text-xs">{viewer.roleLabel}</p>
      </div>
      <MenuSeparator />
      <div className="flex items-center justify-between gap-3 px-2 py-1">
        <span>Theme</span>
        <ThemeMenu theme={theme} />
      </div>
      <MenuItem className="pointer-coarse:hidden" icon={<Keyboard aria-hidden />} onSelect={onShowKeys}>
        Keyboard
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => startTransition(() => leave(onSignOut))}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}
