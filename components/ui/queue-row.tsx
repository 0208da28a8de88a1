import Link from "next/link";
import type { ReactNode } from "react";
import { cn } from "./cn";

type QueueRowProps = {
  href: string;
  /** Who: a name. */
  who: string;
  /** Why, in one line. */
  why: string;
  /** A `DueClock`. */
  clock: ReactNode;
  /** Category, language, owner: small and quiet. */
  facts?: ReactNode;
  /** The open one. */
  current?: boolean;
  /** At the end: "Take". */
  action?: ReactNode;
};

/** One piece of work that waits: who and why first, what was promised where the eye ends. */
export function QueueRow({ href, who, why, clock, facts, current = false, action }: QueueRowProps) {
  return (
    <li
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 transition-colors hover:bg-hover sm:flex-nowrap",
        current && "bg-pressed",
      )}
    >
      <Link
        href={href}
        aria-current={current ? "true" : undefined}
        className="min-w-0 flex-1 basis-full rounded-sm sm:basis-0"
      >
        <span className="block truncate font-medium">{who}</span>
        <span className="block truncate text-muted text-sm">{why}</span>
      </Link>
      {facts && <span className="flex items-center gap-2 text-muted text-sm">{facts}</span>}
      <span className="shrink-0 sm:flex sm:w-34 sm:justify-end">{clock}</span>
      {action && <span className="ml-auto flex shrink-0 justify-end sm:w-24">{action}</span>}
    </li>
  );
}

/** Work in the order in which it is due. */
export function Queue({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-md border border-line bg-surface">
      {children}
    </ul>
  );
}
