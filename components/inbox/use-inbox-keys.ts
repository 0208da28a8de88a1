"use client";

import { useMemo } from "react";
import { type Shortcut, useShortcuts } from "@/components/ui/shortcuts";
import type { Place } from "./use-place";

/** `j` and `k` walk through the list, or through open messages; `Enter` opens, `Esc` closes. */
export function useInboxKeys(ids: string[], { openId, go }: Place) {
  const keys = useMemo(() => {
    const rowOf = (id: string | undefined) =>
      document.querySelector<HTMLElement>(`[data-message-id="${id ?? ""}"]`);
    const focusedId = () =>
      document.activeElement?.closest<HTMLElement>("[data-message-id]")?.dataset.messageId ?? null;
    const step = (by: 1 | -1) => {
      const from = openId ?? focusedId();
      const at = from === null ? -1 : ids.indexOf(from);
      const target = ids[at < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, at + by))];
      if (!target) return;
      // Walking leaves no trail: Back leads to the list, not through every message.
      if (openId) go(target, { replace: true });
      else rowOf(target)?.focus();
    };
    const close = () => {
      if (!openId) return;
      go(null);
      rowOf(openId)?.focus();
    };
    return { step, close, focusedId };
  }, [ids, openId, go]);
  const shortcuts = useMemo<Shortcut[]>(
    () => [
      { keys: "j", label: "Next message", group: "Inbox", run: () => keys.step(1) },
      { keys: "k", label: "Previous message", group: "Inbox", run: () => keys.step(-1) },
      {
        keys: "o",
        label: "Open the message (also Enter)",
        group: "Inbox",
        run: () => {
          const id = keys.focusedId();
          if (id) go(id);
        },
      },
      { keys: "Escape", label: "Back to the list", group: "Inbox", run: keys.close },
    ],
    [keys, go],
  );
  useShortcuts(shortcuts);
  return keys;
}
