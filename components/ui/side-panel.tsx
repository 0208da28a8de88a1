"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { IconButton } from "./icon-button";
import { useShortcuts } from "./shortcuts";
import { useUrl } from "./use-url";

type SidePanelProps = {
  title: string;
  /** Beside the title: a `StatusBadge`. */
  status?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/**
 * The detail of the row that `?open=` names, beside its list: `Esc` closes, `j` and `k` go on in the list, and what had the
 * focus inside gives it back to the row. On a phone it covers the list and the bar below: the focus comes along, and what is for
 * the thumb stands at its end.
 */
export function SidePanel({ title, status, actions, footer, children }: SidePanelProps) {
  const router = useRouter();
  const { openHref } = useUrl();
  const panel = useRef<HTMLElement>(null);
  const row = useRef<HTMLElement | null>(null);
  const close = () => router.push(openHref(null), { scroll: false });
  // Each time: another row may be shown, and the rows may come after the panel.
  useEffect(() => {
    row.current = document.querySelector<HTMLElement>("tr[aria-current=true]") ?? row.current;
  });
  useEffect(() => {
    const aside = panel.current;
    if (aside && getComputedStyle(aside).position === "fixed") aside.querySelector("h2")?.focus();
    return () => {
      // What had the focus is gone with the panel, or was covered by it.
      requestAnimationFrame(() => {
        if (row.current?.isConnected && document.activeElement === document.body) row.current.focus();
      });
    };
  }, []);
  useShortcuts([{ keys: "Escape", label: "Close the panel", group: "List", run: close }]);
  return (
    <aside
      ref={panel}
      aria-label={title}
      className="fixed inset-0 z-40 flex flex-col bg-surface [--thumb:env(safe-area-inset-bottom,0px)] lg:sticky lg:top-(--bar) lg:z-10 lg:h-[calc(100dvh-var(--bar))] lg:w-[26rem] lg:shrink-0 lg:border-line lg:border-l"
    >
      <header className="flex items-center gap-2 border-line border-b px-5 py-3">
        <h2 tabIndex={-1} className="min-w-0 truncate font-medium text-lg outline-none">
          {title}
        </h2>
        <span className="shrink-0">{status}</span>
        <span className="ml-auto flex shrink-0 items-center gap-1">
          {actions}
          <IconButton label="Close" size="sm" className="-mr-1.5" icon={<X aria-hidden />} onClick={close} />
        </span>
      </header>
      <section
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-offset-[-2px] max-md:has-data-thumb:pb-24"
      >
        {children}
      </section>
      {footer && <footer className="flex justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>}
    </aside>
  );
}

/** A list and, when `panel` is there, the detail beside it. */
export function SplitView({ panel, children }: { panel?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-w-0">
      <div className="min-w-0 flex-1">{children}</div>
      {panel}
    </div>
  );
}
