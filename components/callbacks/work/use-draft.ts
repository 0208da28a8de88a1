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

/**
 * A state that outlives its screen in this tab: a phone lets go of a page in the background, and a claim may end on a bad line
 * while somebody writes. `forget` it once it is saved.
 */
export function useDraft<Draft extends object>(name: string, empty: Draft) {
  const key = `ringback.draft.${name}`;
  const [draft, setDraft] = useState(empty);
  useEffect(() => {
    store(() => {
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
