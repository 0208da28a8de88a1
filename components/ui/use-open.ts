"use client";

import { useUrl } from "./use-url";

/**
 * What is open over a screen, as its address says (`?open=`): a line by its id, or "new". Opening and closing are steps of the
 * history, at once and without asking the server, whose data stands on the screen already; the place in a list stays.
 */
export function useOpen() {
  const { params, openHref } = useUrl();
  const go = (id: string | null) => window.history.pushState(null, "", openHref(id));
  return { openId: params.get("open"), open: (id: string) => go(id), close: () => go(null) };
}
