"use client";

import { useEffect, useState } from "react";

/** Storage can be refused (private windows, full disks); the screen works without it. */
function store(act: () => void): void {
  try {
    act();
  } catch {
    // The draft then lives as long as its screen.
  }
}

const KEPT = "ringback.draft.";

/**
 * A state that outlives its screen in this tab: a phone lets go of a page in the background, and a claim may end on a bad line
 * while somebody writes. `forget` it once it is saved. One at a time: the next one's screen forgets it too, and so does whoever
 * signs out.
 */
export function useDraft<Draft extends object>(name: string, empty: Draft) {
  const key = `${KEPT}${name}`;
  const [draft, setDraft] = useState(empty);
  useEffect(() => {
    store(() => {
      for (const other of Object.keys(window.sessionStorage))
        if (other.startsWith(KEPT) && other !== key) window.sessionStorage.removeItem(other);
      const kept = window.sessionStorage.getItem(key);
      if (kept) setDraft((now) => ({ ...now, ...(JSON.parse(kept) as Partial<Draft>) }));
    });
  }, [key]);
  return {
    draft,
    change: (part: Partial<Draft>) => {
      const next = { ...draft, ...part };
      setDraft(next);
      store(() => window.sessionStorage.setItem(key, JSON.stringify(next)));
    },
    forget: () => store(() => window.sessionStorage.removeItem(key)),
  };
}
