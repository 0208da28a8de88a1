"use client";

import Link from "next/link";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import type { Column } from "./types";

type TableRowProps<Row> = {
  row: Row;
  id: string;
  columns: readonly Column<Row>[];
  href?: string;
  /** Shown beside the list right now. */
  current?: boolean;
  ticked?: boolean;
  onTick?: (id: string, range: boolean) => void;
  onOpen?: (id: string) => void;
};

/** One line. The first cell is the link, so that a row can be opened in a new tab; the rest of it is a shortcut. */
export function TableRow<Row>({
  row,
  id,
  columns,
  href,
  current = false,
  ticked = false,
  onTick,
  onOpen,
}: TableRowProps<Row>) {
  return (
    <tr
      data-row-id={id}
      tabIndex={-1}
      aria-current={current || undefined}
      aria-selected={onTick ? ticked : undefined}
      onClick={(event) => {
        const inside = event.target instanceof Element && event.target.closest("a, button, input, label");
        if (!inside && !window.getSelection()?.toString()) onOpen?.(id);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && event.target === event.currentTarget) onOpen?.(id);
      }}
      className={cn(
        "group/row scroll-my-10 outline-offset-[-2px] hover:bg-hover",
        onOpen && "cursor-pointer",
        ticked && "bg-accent-soft hover:bg-accent-soft",
        current && "bg-pressed hover:bg-pressed",
      )}
    >
      {onTick && (
        <td className="border-line border-b pl-3 group-last/row:border-b-0">
          <Checkbox
            aria-label="Tick the row"
            checked={ticked}
            onClick={(event) => onTick(id, event.shiftKey)}
            className="align-middle"
          />
        </td>
      )}
      {columns.map((column, index) => (
        <td
          key={column.id}
          className={cn(
            "h-9 truncate border-line border-b px-3 group-last/row:border-b-0 pointer-coarse:h-11",
            column.align === "end" && "text-right tabular-nums",
            column.shown === "wide" && "max-md:hidden",
            index === 0 ? "font-medium text-ink" : "text-muted",
          )}
        >
          {index === 0 && href ? (
            <Link href={href} scroll={false} className="block truncate rounded-sm">
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}
