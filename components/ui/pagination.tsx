"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "./button";
import { useUrl } from "./use-url";

export type Paging = {
  /** Cursor of the page before, null at the start; becomes `?before=`. */
  previous: string | null;
  /** Cursor of the page after, null at the end; becomes `?after=`. */
  next: string | null;
  /** "Newer" and "Older" unless the order is another. */
  words?: { previous: string; next: string };
};

type PaginationProps = Paging & {
  /** What is shown: "50 of 5,000 customers". */
  children?: ReactNode;
};

/** Keyset paging: the place is a cursor in the URL, so pages do not shift while rows arrive. */
export function Pagination({ previous, next, words, children }: PaginationProps) {
  const url = useUrl();
  const { previous: back, next: on } = words ?? { previous: "Newer", next: "Older" };
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-3 text-faint text-sm">
      <span className="tabular-nums">{children}</span>
      {(previous || next) && (
        <span className="flex gap-1">
          <Step href={previous && url.href({ before: previous })}>
            <ChevronLeft aria-hidden />
            {back}
          </Step>
          <Step href={next && url.href({ after: next })}>
            {on}
            <ChevronRight aria-hidden />
          </Step>
        </span>
      )}
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  if (!href)
    return (
      <Button size="sm" disabled>
        {children}
      </Button>
    );
  return (
    <Button size="sm" asChild>
      <Link href={href}>{children}</Link>
    </Button>
  );
}
