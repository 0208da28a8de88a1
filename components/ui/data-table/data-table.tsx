"use client";

import { useRouter } from "next/navigation";
import { type CSSProperties, type ReactNode, useCallback, useId, useMemo, useRef } from "react";
import { Checkbox } from "../checkbox";
import { cn } from "../cn";
import { Pagination, type Paging } from "../pagination";
import { BulkBar } from "./bulk-bar";
import { ColumnMenu } from "./column-menu";
import { HeaderCell } from "./header-cell";
import { TableRow } from "./table-row";
import { TotalsRow } from "./totals-row";
import type { BulkActions, Column } from "./types";
import { useColumns } from "./use-columns";
import { useRowKeys } from "./use-row-keys";
import { useSelection } from "./use-selection";

type DataTableProps<Row> = {
  /** Under this name the columns are remembered. */
  id: string;
  /** Read aloud: "Campaigns". */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Where a row leads: its page, or this page with `?open=` for a `SidePanel`. */
  rowHref?: (row: Row) => string;
  /** The row that is open beside the list. */
  currentId?: string;
  /** The order that the rows came in, as in the URL: "name" or "-name". */
  sort?: string;
  /** Turns ticking on; the buttons for what is ticked. */
  bulkActions?: BulkActions;
  paging?: Paging;
  /** Beside the paging: "50 of 5,000 customers". */
  summary?: ReactNode;
  /** Above the table, left: search and filters. */
  toolbar?: ReactNode;
  /** The rows for a thumb, which stand there on a phone instead of the table. */
  phone?: ReactNode;
  /** Instead of rows when there are none. */
  empty: ReactNode;
  /** Older rows while newer ones are under way. */
  stale?: boolean;
};

/** Rows that were ordered, filtered and paged by the server; the URL says how. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowHref, bulkActions } = props;
  const router = useRouter();
  const allId = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const layout = useColumns(props.id, columns);
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const selection = useSelection(ids);
  const hrefs = useMemo(
    () => new Map(rowHref ? rows.map((row) => [rowId(row), rowHref(row)]) : []),
    [rows, rowId, rowHref],
  );
  const open = useCallback(
    (id: string) => router.push(hrefs.get(id) ?? "", { scroll: false }),
    [router, hrefs],
  );
  const onOpen = rowHref ? open : undefined;
  const toggle = bulkActions ? selection.toggle : undefined;
  useRowKeys({ body, open: onOpen, toggle, enabled: rows.length > 0 });

  const tick = bulkActions ? 36 : 0;
  const size: CSSProperties & Record<string, string> = {
    "--narrow": `${layout.minimum.narrow + tick}px`,
    "--wide": `${layout.minimum.wide + tick}px`,
  };
  const orders = layout.visible.some((column) => column.sortable && column.shown !== "wide");
  const hasTotals = columns.some((column) => column.total !== undefined);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div
        className={cn(
          "flex items-start justify-between gap-2",
          // Alone on a phone, the choice of columns would take a line of its own.
          !props.toolbar && "max-md:hidden",
        )}
      >
        <div className="min-w-0 flex-1">{props.toolbar}</div>
        {columns.length > 1 && rows.length > 0 && (
          <span className={cn("shrink-0", props.phone !== undefined && "max-md:hidden")}>
            <ColumnMenu columns={columns} layout={layout} />
          </span>
        )}
      </div>
      {props.phone !== undefined && rows.length > 0 && <div className="md:hidden">{props.phone}</div>}
      {rows.length === 0 ? (
        <div className="rounded-md border border-line bg-surface">{props.empty}</div>
      ) : (
        <div className="@container/list">
          <section
            data-list
            aria-label={props.label}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            className={cn(
              "relative overflow-auto rounded-md border border-line bg-surface md:max-h-[max(20rem,calc(100dvh-13.5rem))]",
              props.phone !== undefined && "max-md:hidden",
            )}
          >
            <table
              style={size}
              className={cn(
                "w-full table-fixed border-separate border-spacing-0 text-sm transition-opacity max-md:block md:min-w-(--narrow) @3xl/list:min-w-(--wide)",
                props.stale && "opacity-60",
              )}
            >
              <caption className="sr-only">{props.label}</caption>
              <thead
                className={cn(
                  "max-md:block max-md:border-line max-md:border-b",
                  !bulkActions && !orders && "max-md:hidden",
                )}
              >
                <tr className="max-md:flex max-md:min-h-9 max-md:flex-wrap max-md:items-center max-md:gap-x-4 max-md:px-3">
                  {bulkActions && (
                    <th
                      scope="col"
                      className="sticky top-0 z-10 w-9 border-line border-b bg-surface pl-3 max-md:static max-md:flex max-md:w-auto max-md:items-center max-md:border-b-0 max-md:pl-0"
                    >
                      <Checkbox
                        id={allId}
                        aria-label="Tick all rows of this page"
                        className="align-middle"
                        checked={
                          selection.selected.length === ids.length ||
                          (selection.selected.length > 0 && "indeterminate")
                        }
                        onCheckedChange={selection.toggleAll}
                      />
                      <label
                        htmlFor={allId}
                        className="py-2.5 pr-2 pl-2.5 font-normal text-muted text-xs md:hidden"
                      >
                        All
                      </label>
                    </th>
                  )}
                  {layout.visible.map((column) => (
                    <HeaderCell
                      key={column.id}
                      column={column}
                      width={layout.widthOf(column)}
                      sort={props.sort}
                      onResize={(width) => layout.resize(column.id, width)}
                    />
                  ))}
                </tr>
              </thead>
              <tbody ref={body} className="max-md:block">
                {rows.map((row) => {
                  const id = rowId(row);
                  return (
                    <TableRow
                      key={id}
                      id={id}
                      row={row}
                      columns={layout.visible}
                      href={hrefs.get(id)}
                      current={id === props.currentId}
                      ticked={selection.has(id)}
                      onTick={bulkActions && selection.toggle}
                      onOpen={onOpen}
                    />
                  );
                })}
              </tbody>
              {hasTotals && <TotalsRow columns={layout.visible} ticks={bulkActions !== undefined} />}
            </table>
          </section>
        </div>
      )}
      {(props.paging || props.summary) && rows.length > 0 && (
        <Pagination {...(props.paging ?? { previous: null, next: null })}>{props.summary}</Pagination>
      )}
      {bulkActions && selection.selected.length > 0 && (
        <BulkBar count={selection.selected.length} onClear={selection.clear}>
          {bulkActions(selection.selected, selection.clear)}
        </BulkBar>
      )}
    </div>
  );
}
