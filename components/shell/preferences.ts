"use client";

import { sidebarCookie, type Theme, themeCookie, themes } from "./theme";

const year = 31_536_000;

function remember(name: string, value: string) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support
  document.cookie = `${name}=${value}; path=/; max-age=${year}; samesite=lax`;
}

/** Changes the theme at once and for the next visit. */
export function setTheme(theme: Theme) {
  const { classList } = document.documentElement;
  classList.remove(...themes);
  if (theme !== "system") classList.add(theme);
  remember(themeCookie, theme);
}

/** Keeps the side navigation narrow or wide for the next visit. */
export function rememberSidebar(collapsed: boolean) {
  remember(sidebarCookie, collapsed ? "narrow" : "wide");
}
