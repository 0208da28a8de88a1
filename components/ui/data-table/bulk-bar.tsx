"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { formatCount } from "@/server/platform/format";
import { IconButton } from "../icon-button";

type BulkBarProps = { count: number; onClear: () => void; children: ReactNode };

/** What can be done with the ticked rows; floats over the end of the list. */
export function BulkBar({ count, onClear, children }: BulkBarProps) {
  return (
    <section
      aria-label="Ticked rows"
      className="fixed inset-x-3 bottom-20 z-30 mx-auto flex w-fit max-w-full animate-pop-in flex-wrap items-center gap-2 rounded-md border border-line bg-raised py-1.5 pr-1.5 pl-3 shadow-md md:bottom-6"
    >
      <span aria-live="polite" className="mr-1 font-medium text-sm tabular-nums">
        {formatCount(count)} ticked
      </span>
      {children}
      <IconButton label="Untick all" size="sm" icon={<X aria-hidden />} onClick={onClear} />
    </section>
  );
}
