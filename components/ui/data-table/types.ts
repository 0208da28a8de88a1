import type { ReactNode } from "react";

export type Column<Row> = {
  /** Stable: it stands in the URL and in the remembered layout. */
  id: string;
  /** Empty for a column of buttons. */
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** Pixels at first; the person may drag it. Default 140. */
  width?: number;
  /** Rows can be ordered by it: `?sort=id` or `?sort=-id`. */
  sortable?: boolean;
  /** `wide` columns are left out where the list is narrow: on phones (the others: `phonePlaces`) and beside a panel; `chosen` ones until switched on. Default `always`. */
  shown?: "always" | "wide" | "chosen";
  /** In the last line, under the column. */
  total?: ReactNode;
};

export type BulkActions = (ids: readonly string[], clear: () => void) => ReactNode;
