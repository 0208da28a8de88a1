"use client";

import { useSyncExternalStore } from "react";
import type { FrameTheme } from "@/components/ui/frame-theme";
import { useStored } from "@/components/ui/use-stored";

const asChoice = (stored: unknown): FrameTheme | null =>
  stored === "dark" || stored === "light" ? stored : null;

/** How messages are shown: as this person chose last, at first like the app itself. */
export function useFrameTheme(): [FrameTheme, (theme: FrameTheme) => void] {
  const [chosen, choose] = useStored("inbox.theme", asChoice);
  const appTheme = useSyncExternalStore(subscribe, readAppTheme, () => "light" as const);
  return [chosen ?? appTheme, choose];
}

const dark = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const media = window.matchMedia(dark);
  const observer = new MutationObserver(listener);
  media.addEventListener("change", listener);
  observer.observe(document.documentElement, { attributeFilter: ["class"] });
  return () => {
    media.removeEventListener("change", listener);
    observer.disconnect();
  };
}

/** The class that `components/shell/theme.ts` sets, else the system's wish. */
function readAppTheme(): FrameTheme {
  const { classList } = document.documentElement;
  if (classList.contains("dark")) return "dark";
  return !classList.contains("light") && window.matchMedia(dark).matches ? "dark" : "light";
}
