"use client";

import { WifiOff } from "lucide-react";
import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

/** Says that the device has no connection, as long as it has none. */
export function LineNotice() {
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (online) return null;
  return (
    <p
      role="status"
      className="gutter flex items-center gap-2 border-line border-b bg-attention-soft py-2 text-attention text-sm"
    >
      <WifiOff aria-hidden className="size-4 shrink-0" />
      No connection. What you see may be old; it catches up by itself.
    </p>
  );
}
