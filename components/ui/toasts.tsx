"use client";

import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import { useEffect } from "react";
import { Toaster } from "sonner";
import { Spinner } from "./spinner";

const button = "shrink-0 rounded-sm px-2 py-1 font-medium text-accent-ink hover:bg-pressed";

/** Above the bar of a phone and what stands on it (`globals.css`). */
const lift = { bottom: "var(--toasts)" };

/** The toasts themselves; `onReady` when the next one will be seen. */
export function Toasts({ onReady }: { onReady: () => void }) {
  useEffect(onReady, [onReady]);
  return (
    <Toaster
      position="bottom-right"
      offset={lift}
      mobileOffset={lift}
      gap={8}
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-good" />,
        error: <CircleAlert aria-hidden className="size-4 text-danger" />,
        warning: <TriangleAlert aria-hidden className="size-4 text-attention" />,
        info: <Info aria-hidden className="size-4 text-information" />,
        loading: <Spinner className="text-faint" />,
      }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-(--width) items-start gap-2.5 rounded-md border border-line bg-raised px-3 py-2.5 font-sans text-ink text-sm shadow-md",
          icon: "mt-0.5 flex shrink-0",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "text-muted",
          actionButton: button,
          cancelButton: button,
        },
      }}
    />
  );
}
