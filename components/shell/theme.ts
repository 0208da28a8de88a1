/** How the product looks for this person. Kept in a cookie, so that the server renders the right one at once. */
export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "ringback.theme";
export const sidebarCookie = "ringback.sidebar";

/** What a cookie says, or `system` for none and for nonsense. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** The class of `<html>`; `system` has none and is left to the media query. */
export function themeClass(theme: Theme): string | undefined {
  return theme === "system" ? undefined : theme;
}
