"use client";

import Link from "next/link";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { phoneClasses, phonePlaces, saysNothing } from "./phone-places";
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

/** One line of the table; on a phone as many as its columns need (`phonePlaces`). The first cell is the link, so that a row can be opened in a new tab; the rest of it is a shortcut. */
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
  const places = phonePlaces(columns);
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
        "max-md:flex max-md:min-h-11 max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:border-line max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0",
        places.includes("below") && "max-md:after:order-3 max-md:after:basis-full",
        onOpen && "cursor-pointer",
        ticked && "bg-accent-soft hover:bg-accent-soft",
        current && "bg-pressed hover:bg-pressed",
      )}
    >
      {onTick && (
        <td className="border-line border-b pl-3 group-last/row:border-b-0 max-md:border-b-0 max-md:pl-0">
          <Checkbox
            aria-label="Tick the row"
            checked={ticked}
            onClick={(event) => onTick(id, event.shiftKey)}
            className="align-middle"
          />
        </td>
      )}
      {columns.map((column, index) => {
        const cell = column.cell(row);
        const place = places[index] ?? "below";
        return (
          <td
            key={column.id}
            data-label={column.header}
            className={cn(
              "h-9 truncate border-line border-b px-3 group-last/row:border-b-0 md:pointer-coarse:h-11",
              "max-md:h-auto max-md:border-b-0 max-md:px-0",
              column.align === "end" && "text-right tabular-nums",
              place === "below" && saysNothing(cell) ? "max-md:hidden" : phoneClasses[place],
              index === 0 ? "font-medium text-ink" : "text-muted",
            )}
          >
            {index === 0 && href ? (
              <Link href={href} scroll={false} className="block truncate rounded-sm">
                {cell}
              </Link>
            ) : place === "below" ? (
              <span className="max-md:min-w-0 max-md:truncate md:contents">{cell}</span>
            ) : (
              cell
            )}
          </td>
        );
      })}
    </tr>
  );
}
