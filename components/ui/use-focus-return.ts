"use client";

import { useRef } from "react";

/**
 * Where the focus goes when what is `open` closes: to what had it when it opened, or, after a menu, to the menu's button.
 * Radix knows of a trigger only; most of ours are opened by the address, a key or a menu. For `onCloseAutoFocus`.
 */
export function useFocusReturn(open: boolean | undefined): (event: Event) => void {
  const opener = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  // Before the first field takes the focus, which it does as soon as it is drawn.
  if (open && !wasOpen.current && typeof document !== "undefined")
    opener.current = openerOf(document.activeElement);
  wasOpen.current = open ?? false;
  return (event) => {
    if (!(opener.current instanceof HTMLElement) || !opener.current.isConnected) return;
    event.preventDefault();
    opener.current.focus();
  };
}

function openerOf(focused: Element | null): Element | null {
  // Nothing had it: where there is a trigger, Radix knows that one.
  if (focused === document.body) return null;
  const button = focused?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return button ? document.getElementById(button) : focused;
}
