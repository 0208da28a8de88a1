"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";

export type Shortcut = {
  /** "j", "Enter", "mod+k" (⌘ or Ctrl), or a sequence: "g c". */
  keys: string;
  /** What it does, for the `?` overlay. */
  label: string;
  group?: string;
  run: () => void;
};

type Registration = { current: readonly Shortcut[] };

const registrations: Registration[] = [];
const listeners = new Set<() => void>();
let snapshot: readonly Shortcut[] = [];
let previousKey = { key: "", at: 0 };

function publish() {
  // The latest screen part wins where two parts know the same keys.
  const byKeys = new Map<string, Shortcut>();
  for (const registration of registrations)
    for (const entry of registration.current) byKeys.set(entry.keys, entry);
  snapshot = [...byKeys.values()];
  for (const listener of listeners) listener();
}

function isTyping(target: EventTarget | null) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

function onKeyDown(event: KeyboardEvent) {
  const modifier = event.metaKey || event.ctrlKey;
  if (event.defaultPrevented || event.altKey || (isTyping(event.target) && !modifier)) return;
  if (!modifier && document.querySelector("[role=dialog][data-state=open], [role=alertdialog], [role=menu]"))
    return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const sequence = event.timeStamp - previousKey.at < 900 ? `${previousKey.key} ${key}` : "";
  previousKey = { key, at: event.timeStamp };
  for (const registration of [...registrations].reverse()) {
    const wanted = modifier ? [`mod+${key}`] : [sequence, key];
    const hit = registration.current.find((shortcut) => wanted.includes(shortcut.keys));
    if (!hit) continue;
    event.preventDefault();
    previousKey = { key: "", at: 0 };
    hit.run();
    return;
  }
}

/** Keys of the part of the screen that is mounted; they also appear in the `?` overlay. Silent while someone types. */
export function useShortcuts(shortcuts: readonly Shortcut[], enabled = true) {
  const registration = useRef<readonly Shortcut[]>(shortcuts);
  useEffect(() => {
    registration.current = shortcuts;
  });
  useEffect(() => {
    if (!enabled) return;
    registrations.push(registration);
    if (registrations.length === 1) document.addEventListener("keydown", onKeyDown);
    publish();
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
      if (registrations.length === 0) document.removeEventListener("keydown", onKeyDown);
      publish();
    };
  }, [enabled]);
}

const none: readonly Shortcut[] = [];

/** Every key that works right now. */
export function useActiveShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
    () => none,
  );
}
