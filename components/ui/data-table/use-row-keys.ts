"use client";

import { type RefObject, useMemo } from "react";
import { type Shortcut, useShortcuts } from "../shortcuts";

type RowKeys = {
  body: RefObject<HTMLTableSectionElement | null>;
  open?: (id: string) => void;
  toggle?: (id: string) => void;
  /** A table without rows leaves the keys to another one. */
  enabled: boolean;
};

/** `j` and `k` move the focus from row to row, `Enter` opens, `x` ticks. */
export function useRowKeys({ body, open, toggle, enabled }: RowKeys) {
  const shortcuts = useMemo(() => {
    const rows = () => [...(body.current?.rows ?? [])];
    const focused = () => rows().find((row) => row.contains(document.activeElement));
    const move = (step: 1 | -1) => {
      const all = rows();
      const at = all.findIndex((row) => row.contains(document.activeElement));
      const current = all.findIndex((row) => row.getAttribute("aria-current") === "true");
      const from = at >= 0 ? at : current;
      const target = all[from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + step))];
      target?.focus();
      target?.scrollIntoView({ block: "nearest" });
    };
    const withFocused = (act?: (id: string) => void) => () => {
      const id = focused()?.dataset.rowId;
      if (id) act?.(id);
    };
    const list: Shortcut[] = [
      { keys: "j", label: "Next row", group: "List", run: () => move(1) },
      { keys: "k", label: "Previous row", group: "List", run: () => move(-1) },
    ];
    if (toggle) list.push({ keys: "x", label: "Tick the row", group: "List", run: withFocused(toggle) });
    if (open)
      list.push({ keys: "o", label: "Open the row (also Enter)", group: "List", run: withFocused(open) });
    return list;
  }, [body, open, toggle]);
  useShortcuts(shortcuts, enabled);
}
