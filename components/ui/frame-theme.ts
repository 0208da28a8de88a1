export type FrameTheme = "light" | "dark";

const written = new WeakMap<CSSMediaRule, string>();

/**
 * Shows a framed message as in a light or dark mailbox. Browsers answer `prefers-color-scheme` in a frame for the whole
 * system, so the message's own media rules are turned instead; nothing is loaded again, or the pixel would count again.
 */
export function applyFrameTheme(framed: Document, theme: FrameTheme): void {
  framed.documentElement.style.colorScheme = theme;
  for (const sheet of framed.styleSheets)
    for (const rule of sheet.cssRules) if (isMediaRule(rule)) turn(rule, theme);
}

function turn(rule: CSSMediaRule, theme: FrameTheme): void {
  const asWritten = written.get(rule) ?? rule.media.mediaText;
  written.set(rule, asWritten);
  rule.media.mediaText = asWritten.replace(
    /\(\s*prefers-color-scheme:\s*(light|dark)\s*\)/g,
    (_, asked: string) => (asked === theme ? "(min-width: 0px)" : "(max-width: 0px)"),
  );
}

// The frame has classes of its own, so `instanceof` would never hold.
const isMediaRule = (rule: CSSRule): rule is CSSMediaRule => "media" in rule && "cssRules" in rule;
