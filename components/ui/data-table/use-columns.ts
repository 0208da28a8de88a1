"use client";

import { useCallback, useMemo } from "react";
import { useStored } from "../use-stored";
import type { Column } from "./types";

const narrowest = 64;
const usual = 140;

type Layout = { hidden: Record<string, boolean>; widths: Record<string, number> };

function parseLayout(stored: unknown): Layout {
  const { hidden = {}, widths = {} } = (stored ?? {}) as Partial<Layout>;
  return { hidden, widths };
}

/** Which columns stand, how wide, remembered under the table's id for this person in this browser. */
export function useColumns<Row>(tableId: string, columns: readonly Column<Row>[]) {
  const [layout, store] = useStored(`ringback.table.${tableId}`, parseLayout);
  const isHidden = useCallback(
    (column: Column<Row>) => layout.hidden[column.id] ?? column.shown === "chosen",
    [layout],
  );
  const widthOf = useCallback(
    (column: Column<Row>) => layout.widths[column.id] ?? column.width ?? usual,
    [layout],
  );
  const visible = useMemo(
    () =>
      columns
        // The name and the buttons of a row stay.
        .filter((column, index) => index === 0 || column.header === "" || !isHidden(column))
        // What somebody ticked stands where the list is narrow, too.
        .map(
          (column): Column<Row> =>
            layout.hidden[column.id] === false ? { ...column, shown: "always" } : column,
        ),
    [columns, isHidden, layout],
  );
  const sum = (list: readonly Column<Row>[]) => list.reduce((total, column) => total + widthOf(column), 0);
  return {
    visible,
    isHidden,
    widthOf,
    /** Pixels that the table needs from a tablet on, with and without its `wide` columns; on a phone it is as wide as the window. */
    minimum: {
      wide: sum(visible),
      narrow: sum(visible.filter((column) => column.shown !== "wide")),
    },
    hide: (id: string, hidden: boolean) => store({ ...layout, hidden: { ...layout.hidden, [id]: hidden } }),
    resize: (id: string, width: number) =>
      store({ ...layout, widths: { ...layout.widths, [id]: Math.max(narrowest, Math.round(width)) } }),
    reset: () => store({ hidden: {}, widths: {} }),
  };
}

export type ColumnLayout<Row> = ReturnType<typeof useColumns<Row>>;
