"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * Keeps a plot away from screen readers, which get the table instead. The chart library makes its drawings
 * focusable without a name and without a way to turn that off, so it is undone wherever it appears.
 */
export function Drawing({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const release = () => {
      for (const each of element.querySelectorAll('[tabindex="0"]')) each.setAttribute("tabindex", "-1");
    };
    release();
    const observer = new MutationObserver(release);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} aria-hidden>
      {children}
    </div>
  );
}
