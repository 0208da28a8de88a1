"use client";

import { X } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { IconButton } from "./icon-button";
import { useShortcuts } from "./shortcuts";
import { useUrl } from "./use-url";

type SidePanelProps = {
  title: string;
  /** Beside the title: a `StatusBadge`. */
  status?: ReactNode;
  /** The address of the list without the panel, where that is more than this one without `open`. */
  closeHref?: string;
  actions?: ReactNode;
  footer?: ReactNode;
  children: ReactNode;
};

/** The detail of a row beside its list: `Esc` closes, `j` and `k` go on in the list. On a phone it covers the list. */
export function SidePanel({ title, status, closeHref, actions, footer, children }: SidePanelProps) {
  const router = useRouter();
  const { openHref } = useUrl();
  const close = () => router.push(closeHref ?? openHref(null), { scroll: false });
  useShortcuts([{ keys: "Escape", label: "Close the panel", group: "List", run: close }]);
  return (
    <aside
      aria-label={title}
      className="fixed inset-0 z-40 flex flex-col bg-surface lg:sticky lg:top-(--bar) lg:z-10 lg:h-[calc(100dvh-var(--bar))] lg:w-[26rem] lg:shrink-0 lg:border-line lg:border-l"
    >
      <header className="flex items-center gap-2 border-line border-b px-5 py-3">
        <h2 className="min-w-0 truncate font-medium text-lg">{title}</h2>
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
        className="min-h-0 flex-1 overflow-y-auto px-5 py-4 outline-offset-[-2px]"
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
