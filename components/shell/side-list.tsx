"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import { groupBy } from "@/components/ui/group-by";
import { Tooltip } from "@/components/ui/tooltip";
import { activeHref, type NavigationItem, navigationFor, type Role } from "./navigation";

export type SideNavigationProps = {
  roles: readonly Role[];
  /** Icons only; the words move into tips. */
  collapsed?: boolean;
  onNavigate?: () => void;
};

type SideItem = Pick<NavigationItem, "href" | "label" | "icon" | "roles"> & { group: string };

type SideListProps = SideNavigationProps & {
  label: string;
  items: readonly SideItem[];
  /** Many entries, which have to fit into a window 900 px high. */
  dense?: boolean;
  children?: ReactNode;
};

/** A side navigation; what stands first in it, above the groups, are its children. */
export function SideList({
  label: name,
  items,
  dense = false,
  roles,
  collapsed = false,
  onNavigate,
  children,
}: SideListProps) {
  const mine = navigationFor(items, roles);
  const active = activeHref(mine, usePathname());
  return (
    <nav
      aria-label={name}
      className={cn("flex min-h-0 flex-1 flex-col overflow-y-auto px-2 py-2", dense ? "gap-1.5" : "gap-3")}
    >
      {children}
      {groupBy(mine, ({ group }) => group).map(([group, entries]) => (
        <div key={group} className={cn(group === "workspace" && "mt-auto")}>
          {group !== "workspace" && !collapsed && (
            <p className={cn("px-2 text-faint text-xs", dense ? "pb-0.5" : "pb-1")} aria-hidden>
              {group}
            </p>
          )}
          <ul aria-label={group === "workspace" ? undefined : group} className="flex flex-col gap-px">
            {entries.map(({ href, label, icon }) => (
              <li key={href}>
                <SideLink {...{ href, label, icon, collapsed, onNavigate }} current={href === active} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

type SideLinkProps = {
  href: string;
  label: string;
  icon: LucideIcon;
  collapsed: boolean;
  current?: boolean;
  onNavigate?: (() => void) | undefined;
};

export function SideLink({ href, label, icon: Icon, collapsed, current = false, onNavigate }: SideLinkProps) {
  const link = (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={current ? "page" : undefined}
      aria-label={collapsed ? label : undefined}
      className={cn(
        "flex h-control-sm items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-pressed hover:text-ink",
        collapsed && "justify-center",
        current && "bg-pressed font-medium text-ink",
      )}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {!collapsed && <span className="truncate">{label}</span>}
    </Link>
  );
  if (!collapsed) return link;
  return (
    <Tooltip content={label} side="right">
      {link}
    </Tooltip>
  );
}
