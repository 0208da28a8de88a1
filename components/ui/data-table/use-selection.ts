"use client";

import { useMemo, useRef, useState } from "react";

/** Ticked rows of the page that is shown. What has left the page is no longer ticked: a bulk act never hits the unseen. */
export function useSelection(ids: readonly string[]) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const selected = useMemo(() => ids.filter((id) => ticked.has(id)), [ids, ticked]);
  const toggle = (id: string, range = false) => {
    const next = new Set(selected);
    const from = range && last.current ? ids.indexOf(last.current) : -1;
    const to = ids.indexOf(id);
    if (from >= 0) for (const each of ids.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(each);
    else if (!next.delete(id)) next.add(id);
    last.current = id;
    setTicked(next);
  };
  return {
    selected,
    has: (id: string) => ticked.has(id),
    toggle,
    clear: () => setTicked(new Set()),
    toggleAll: () => setTicked(selected.length === ids.length ? new Set() : new Set(ids)),
  };
}
