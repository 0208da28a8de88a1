"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useRef } from "react";
import { cn } from "../cn";
import { useUrl } from "../use-url";
import { wideOnly } from "./phone-places";
import type { Column } from "./types";

type HeaderCellProps<Row> = {
  column: Column<Row>;
  width: number;
  /** The order that the rows came in: "name" or "-name". */
  sort?: string;
  onResize: (width: number) => void;
};

/** A column's name, which orders the rows when it can, and a handle that drags its width. On a phone only those that order. */
export function HeaderCell<Row>({ column, width, sort, onResize }: HeaderCellProps<Row>) {
  const cell = useRef<HTMLTableCellElement>(null);
  const url = useUrl();
  const ascending = sort === column.id;
  const descending = sort === `-${column.id}`;
  const Arrow = descending ? ArrowDown : ArrowUp;
  const measured = () => cell.current?.getBoundingClientRect().width ?? width;
  return (
    <th
      ref={cell}
      scope="col"
      style={{ width }}
      aria-sort={ascending ? "ascending" : descending ? "descending" : undefined}
      className={cn(
        "group/head sticky top-0 z-10 h-9 border-line border-b bg-surface px-3 text-left font-medium text-muted text-xs",
        "max-md:static max-md:h-auto max-md:w-auto! max-md:border-b-0 max-md:px-0 max-md:py-2.5",
        column.align === "end" && "text-right",
        !column.sortable && "max-md:hidden",
        column.shown === "wide" && wideOnly,
      )}
    >
      {column.sortable ? (
        <Link
          href={url.href({ sort: ascending ? `-${column.id}` : column.id })}
          scroll={false}
          className={cn(
            "inline-flex max-w-full items-center gap-1 rounded-sm align-middle hover:text-ink",
            (ascending || descending) && "text-ink",
            column.align === "end" && "flex-row-reverse",
          )}
        >
          <span className="truncate">{column.header}</span>
          <Arrow
            aria-hidden
            className={cn(
              "size-3 shrink-0",
              ascending || descending
                ? "opacity-100"
                : "opacity-0 group-hover/head:opacity-60 max-md:opacity-60",
            )}
          />
        </Link>
      ) : (
        <span className="block truncate">{column.header}</span>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a movable separator is not an <hr> */}
      <span
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${column.header || "the buttons"}`}
        aria-valuenow={width}
        tabIndex={0}
        className="absolute inset-y-1.5 right-0 w-2 cursor-col-resize touch-none rounded-sm border-line-strong border-r-2 opacity-0 focus-visible:opacity-100 group-hover/head:opacity-100 max-md:hidden pointer-coarse:hidden"
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          onResize(measured() + (event.key === "ArrowLeft" ? -16 : 16));
        }}
        onPointerDown={(event) => {
          event.preventDefault();
          event.currentTarget.setPointerCapture(event.pointerId);
          event.currentTarget.dataset.from = String(measured() - event.clientX);
        }}
        onPointerMove={(event) => {
          const { from } = event.currentTarget.dataset;
          if (from && cell.current) cell.current.style.width = `${Number(from) + event.clientX}px`;
        }}
        onPointerUp={(event) => {
          const { from } = event.currentTarget.dataset;
          delete event.currentTarget.dataset.from;
          if (from) onResize(Number(from) + event.clientX);
        }}
      />
    </th>
  );
}
