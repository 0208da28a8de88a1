"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { formatCount } from "@/server/platform/format";
import { cn } from "./cn";

type TabLink = {
  label: string;
  /** A path ("/campaigns/1/results") or a query of this page ("?tab=content"). */
  href: string;
  count?: number;
};

type LinkTabsProps = { label: string; tabs: readonly TabLink[] };

/** Where the tabs are wider than the screen, the one that is open must be seen. Moves the row only, never the page. */
function scrollIntoTabs(tab: HTMLElement | null): void {
  const row = tab?.parentElement;
  if (tab && row && row.scrollWidth > row.clientWidth)
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}

/** From far down in one part, the next one is shown from its beginning. */
function scrollToBeginning(tab: HTMLElement): void {
  const bar = tab.closest("[data-tabs]");
  const header = bar?.previousElementSibling;
  if (!bar || !header) return;
  const hidden = bar.getBoundingClientRect().top - header.getBoundingClientRect().bottom;
  if (hidden > 0) window.scrollBy(0, -hidden);
}

/** Parts of one thing, each with its own address. Goes into `PageHeader.tabs`. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const path = usePathname();
  const params = useSearchParams();
  const matches = ({ href }: TabLink) =>
    href.startsWith("?")
      ? [...new URLSearchParams(href)].every(([key, value]) => params.get(key) === value)
      : path === href || path.startsWith(`${href}/`);
  // A screen below one of a tab belongs to it, unless a longer address is a tab of its own.
  const current =
    tabs.filter(matches).toSorted((one, other) => other.href.length - one.href.length)[0] ??
    tabs.find(({ href }) => href.startsWith("?"));
  return (
    <nav aria-label={label} className="-mb-px flex gap-5 overflow-x-auto">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab === current ? "page" : undefined}
          ref={tab === current ? scrollIntoTabs : undefined}
          onClick={(event) => scrollToBeginning(event.currentTarget)}
          className={cn(
            "flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-muted outline-offset-[-2px] transition-colors hover:text-ink pointer-coarse:h-11",
            tab === current && "border-accent-ink font-medium text-ink",
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="font-normal text-faint text-xs tabular-nums">{formatCount(tab.count)}</span>
          )}
        </Link>
      ))}
    </nav>
  );
}
