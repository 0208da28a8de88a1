"use client";

import { useSyncExternalStore } from "react";
import { cn } from "./cn";

const names: Record<string, string> = {
  Enter: "↵",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
};

/** The keys of a shortcut as they are printed on this person's keyboard: `keys="mod+k"`, `keys="g c"`. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const apple = useSyncExternalStore(
    () => () => undefined,
    () => /mac|iphone|ipad/iu.test(navigator.userAgent),
    () => false,
  );
  const caps = keys.split(/[ +]/u).map((key) => {
    if (key === "mod") return apple ? "⌘" : "Ctrl";
    return names[key] ?? (key.length === 1 ? key.toLocaleUpperCase("en-IN") : key);
  });
  return (
    <span className={cn("inline-flex shrink-0 items-center gap-0.5", className)}>
      {caps.map((cap) => (
        <kbd
          key={cap}
          className="flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-surface px-1 font-sans text-faint text-xs"
        >
          {cap}
        </kbd>
      ))}
    </span>
  );
}
