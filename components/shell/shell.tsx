"use client";

import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useMemo, useState } from "react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { type Shortcut, useShortcuts } from "@/components/ui/shortcuts";
import { Toaster } from "@/components/ui/toaster";
import { TooltipProvider } from "@/components/ui/tooltip";
import { BottomBar } from "./bottom-bar";
import { LineNotice } from "./line-notice";
import { Logo } from "./logo";
import { navigation, navigationFor, type Role } from "./navigation";
import { rememberSidebar } from "./preferences";
import { SideNavigation } from "./side-navigation";
import type { Theme } from "./theme";
import type { SearchEverything } from "./use-search";
import { UserMenu, type Viewer } from "./user-menu";
import { type Workspace, WorkspaceSwitcher } from "./workspace-switcher";

// They open on a key press or a touch: nobody waits for them to see a page.
const Drawer = dynamic(() => import("@/components/ui/drawer").then((part) => part.Drawer));
const CommandPalette = dynamic(() => import("./command-palette").then((part) => part.CommandPalette));
const KeyboardHelp = dynamic(() => import("@/components/ui/keyboard-help").then((part) => part.KeyboardHelp));

type ShellProps = {
  viewer: Viewer & { roles: readonly Role[] };
  workspace: Workspace;
  /** All workspaces of this person, the open one among them. */
  workspaces: readonly Workspace[];
  theme: Theme;
  /** The side navigation stands narrow: the cookie `sidebarCookie` is "narrow". */
  collapsed: boolean;
  onSwitchWorkspace: (id: string) => Promise<void>;
  onSignOut: () => Promise<void>;
  /** Finds records for the command palette; screens alone are offered without it. */
  search?: SearchEverything;
  /** What this person was told, beside their menu. */
  bell?: ReactNode;
  /** Above every page: "You look at the demo workspace". */
  banner?: ReactNode;
  children: ReactNode;
};

/** What stands around every signed-in screen. */
export function Shell(props: ShellProps) {
  const { viewer, workspace, workspaces, onSwitchWorkspace } = props;
  const router = useRouter();
  const [collapsed, setCollapsed] = useState(props.collapsed);
  const [open, setOpen] = useState<"menu" | "palette" | "keys" | null>(null);
  const collapse = (next: boolean) => {
    setCollapsed(next);
    rememberSidebar(next);
  };
  const shortcuts = useMemo<readonly Shortcut[]>(
    () => [
      { keys: "mod+k", label: "Search, or do anything", group: "Everywhere", run: () => setOpen("palette") },
      { keys: "?", label: "Show these keys", group: "Everywhere", run: () => setOpen("keys") },
      ...navigationFor(navigation, viewer.roles).flatMap(({ href, label, keys }) =>
        keys
          ? [
              {
                keys,
                label: `Go to ${label.toLowerCase()}`,
                group: "Everywhere",
                run: () => router.push(href),
              },
            ]
          : [],
      ),
    ],
    [viewer.roles, router],
  );
  useShortcuts(shortcuts);
  const switcher = (narrow: boolean) => (
    <WorkspaceSwitcher
      workspace={workspace}
      workspaces={workspaces}
      onSwitch={onSwitchWorkspace}
      collapsed={narrow}
    />
  );
  return (
    <TooltipProvider>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-surface focus:translate-y-0"
      >
        Skip to the content
      </a>
      <div className="flex min-h-dvh">
        <aside
          className={cn(
            "sticky top-0 hidden h-dvh shrink-0 flex-col border-line border-r bg-canvas transition-[width] md:flex",
            collapsed ? "w-13" : "w-56",
          )}
        >
          <div className="flex h-(--bar) items-center px-2">{switcher(collapsed)}</div>
          <SideNavigation roles={viewer.roles} collapsed={collapsed} />
          <div
            className={cn(
              "flex items-center border-line border-t px-2 py-1.5",
              collapsed ? "justify-center" : "justify-between pl-4",
            )}
          >
            {!collapsed && <Logo word className="text-muted [&_svg]:size-4 [&_span]:text-sm" />}
            <IconButton
              size="sm"
              label={collapsed ? "Widen the navigation" : "Narrow the navigation"}
              icon={collapsed ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
              aria-expanded={!collapsed}
              onClick={() => collapse(!collapsed)}
            />
          </div>
        </aside>
        <div className="flex min-w-0 flex-1 flex-col bg-surface">
          <header className="gutter sticky top-0 z-20 flex h-(--bar) items-center justify-between gap-3 border-line border-b bg-surface">
            <div className="flex min-w-0 items-center gap-2 md:hidden">
              <Logo />
              <span className="truncate font-medium">{workspace.name}</span>
            </div>
            <button
              type="button"
              onClick={() => setOpen("palette")}
              className="control-border hidden h-control-sm w-72 items-center gap-2 rounded-md px-2 text-faint text-sm md:flex"
            >
              <Search aria-hidden className="size-4" />
              <span className="flex-1 text-left">Search or jump to</span>
              <Kbd keys="mod+k" />
            </button>
            <div className="flex items-center gap-1">
              <IconButton
                label="Search"
                tooltip={false}
                className="md:hidden"
                icon={<Search aria-hidden />}
                onClick={() => setOpen("palette")}
              />
              {props.bell}
              <UserMenu
                viewer={viewer}
                theme={props.theme}
                onSignOut={props.onSignOut}
                onShowKeys={() => setOpen("keys")}
              />
            </div>
          </header>
          <LineNotice />
          {props.banner}
          <main
            id="main"
            tabIndex={-1}
            className="min-w-0 flex-1 pb-20 outline-none max-md:has-data-thumb:pb-38 md:pb-0"
          >
            {props.children}
          </main>
        </div>
      </div>
      <BottomBar roles={viewer.roles} onMore={() => setOpen("menu")} />
      {open === "menu" && (
        <Drawer title="Menu" side="left" hideTitle open onOpenChange={() => setOpen(null)}>
          <div className="flex h-(--bar) shrink-0 items-center border-line border-b px-2">
            {switcher(false)}
          </div>
          <SideNavigation roles={viewer.roles} onNavigate={() => setOpen(null)} />
        </Drawer>
      )}
      {open === "palette" && (
        <CommandPalette roles={viewer.roles} search={props.search} onClose={() => setOpen(null)} />
      )}
      {open === "keys" && <KeyboardHelp onClose={() => setOpen(null)} />}
      <Toaster />
    </TooltipProvider>
  );
}
