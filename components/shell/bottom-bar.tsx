"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "@/components/ui/cn";
import { activeHref, navigation, navigationFor, type Role } from "./navigation";

type BottomBarProps = { roles: readonly Role[]; onMore: () => void };

const item = "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-muted text-xs";

/** On a phone: the four screens used most, where the thumb is, and the rest behind "More". */
export function BottomBar({ roles, onMore }: BottomBarProps) {
  const path = usePathname();
  const items = navigationFor(navigation, roles);
  const active = activeHref(items, path);
  return (
    <nav
      aria-label="Main, short"
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.slice(0, 4).map(({ href, label, short = label, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === active ? "page" : undefined}
          aria-label={label}
          className={cn(item, "outline-offset-[-2px]", href === active && "font-medium text-accent-ink")}
        >
          <Icon aria-hidden className="size-5" />
          <span className="max-w-full truncate">{short}</span>
        </Link>
      ))}
      <button type="button" onClick={onMore} className={cn(item, "outline-offset-[-2px]")}>
        <Menu aria-hidden className="size-5" />
        More
      </button>
    </nav>
  );
}
