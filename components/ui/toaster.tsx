"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import type { ExternalToast } from "sonner";

const Toasts = dynamic(() => import("./toasts").then((part) => part.Toasts));

// Loaded with the first toast: most visits to a screen show none.
let wanted = false;
const listeners = new Set<() => void>();
let markReady = () => {};
const ready = new Promise<void>((resolve) => {
  markReady = resolve;
});

async function show(kind: "message" | "success" | "error", title: string, options?: ExternalToast) {
  wanted = true;
  for (const listener of listeners) listener();
  const [{ toast: sonner }] = await Promise.all([import("sonner"), ready]);
  sonner[kind](title, options);
}

/** Says that something was done, or was not: `toast.success("Campaign saved")`, with an action to undo where it can be. */
export const toast = {
  message: (title: string, options?: ExternalToast) => void show("message", title, options),
  success: (title: string, options?: ExternalToast) => void show("success", title, options),
  error: (title: string, options?: ExternalToast) => void show("error", title, options),
};

/** Stands once, in the shell. */
export function Toaster() {
  const asked = useSyncExternalStore(
    subscribe,
    () => wanted,
    () => false,
  );
  return asked ? <Toasts onReady={markReady} /> : null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
