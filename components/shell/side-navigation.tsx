"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { groupBy } from "@/components/ui/group-by";
import { Tooltip } from "@/components/ui/tooltip";
import { activeHref, navigation, navigationFor, type Role } from "./navigation";

type SideNavigationProps = {
  roles: readonly Role[];
  /** Icons only; the words move into tips. */
  collapsed?: boolean;
  onNavigate?: () => void;
};

/** The screens of this person, in groups, with the open one marked. */
export function SideNavigation({ roles, collapsed = false, onNavigate }: SideNavigationProps) {
  const path = usePathname();
  const items = navigationFor(navigation, roles);
  const active = activeHref(items, path);
  const groups = groupBy(items, ({ group }) => group ?? "work");
  return (
    <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-2 py-2">
      {groups.map(([group, entries]) => (
        <ul key={group} className={cn("flex flex-col gap-px", group === "workspace" && "mt-auto")}>
          {entries.map(({ href, label, icon: Icon }) => {
            const link = (
              <Link
                href={href}
                onClick={onNavigate}
                aria-current={href === active ? "page" : undefined}
                aria-label={collapsed ? label : undefined}
                className={cn(
                  "flex h-control-sm items-center gap-2.5 rounded-md px-2 text-muted transition-colors hover:bg-pressed hover:text-ink",
                  collapsed && "justify-center",
                  href === active && "bg-pressed font-medium text-ink",
                )}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {!collapsed && <span className="truncate">{label}</span>}
              </Link>
            );
            return (
              <li key={href}>
                {collapsed ? (
                  <Tooltip content={label} side="right">
                    {link}
                  </Tooltip>
                ) : (
                  link
                )}
              </li>
            );
          })}
        </ul>
      ))}
    </nav>
  );
}
