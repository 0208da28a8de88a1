import { escapeHtml, oneLine } from "./clean";
import type { RenderTarget } from "./compile";
import type { Branding } from "./schemas";

/** What one copy fills in: tag values by index, plain and escaped, and where its links lead. */
export type Slots = { text: string[]; html: string[]; target: RenderTarget };

/** A constant piece of a message, or one that depends on the copy. */
export type Part = string | ((slots: Slots) => string);

type Paragraph = { kind: "text"; html: Part[] } | { kind: "button"; href: Part; label: Part[] };

const FONT =
  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans','Noto Sans Devanagari',Arial,sans-serif";
const ACCENT = "#1d4ed8";

// Mail programs differ: layout by tables, colours inline for those that drop <style>, dark and narrow rules for the rest.
const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;width:100%;-webkit-text-size-adjust:100%}
@media (max-width:620px){.rb-pad{padding-left:20px!important;padding-right:20px!important}.rb-outer{padding:0!important}.rb-card{border-radius:0!important;border-left:0!important;border-right:0!important}.rb-button,.rb-button a{display:block!important;text-align:center!important}}
@media (prefers-color-scheme:dark){.rb-page{background:#0b0f17!important}.rb-card{background:#151b26!important;border-color:#2a3342!important}.rb-text,.rb-name{color:#e6eaf2!important}.rb-link{color:#93b4ff!important}.rb-quiet,.rb-quiet a{color:#9aa5b8!important}.rb-rule{border-color:#2a3342!important}}
`.trim();

/** The one branded, responsive e-mail layout: light and dark, wide and phone. */
export function layout(message: { title: Part[]; preheader: Part[]; body: Paragraph[] }): Part[] {
  return [
    '<!doctype html>\n<html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no">',
    "<title>",
    ...message.title,
    `</title><style>${STYLE}</style></head>\n<body class="rb-page" style="margin:0;padding:0;background:#f3f5f9">`,
    ...hiddenPreheader(message.preheader),
    '<table role="presentation" class="rb-page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f5f9"><tr><td class="rb-outer" align="center" style="padding:32px 12px">',
    '<table role="presentation" class="rb-card" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border:1px solid #e2e7f0;border-radius:12px;overflow:hidden">',
    header,
    `<tr><td class="rb-pad rb-text" style="padding:8px 40px 24px;font-family:${FONT};font-size:16px;line-height:1.6;color:#1b2433">\n`,
    ...message.body.flatMap(paragraph),
    "</td></tr>",
    footer,
    "</table></td></tr></table>",
    pixel,
    "</body></html>\n",
  ];
}

function hiddenPreheader(preheader: Part[]): Part[] {
  if (preheader.length === 0) return [];
  return ['<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">', ...preheader, "</div>"];
}

function paragraph(given: Paragraph): Part[] {
  if (given.kind === "text") return ['<p style="margin:16px 0">', ...given.html, "</p>\n"];
  return [
    '<table role="presentation" class="rb-button" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0"><tr><td class="rb-button" style="border-radius:8px;background:',
    accentOf,
    '"><a href="',
    given.href,
    `" style="display:inline-block;padding:12px 24px;font-family:${FONT};font-size:16px;font-weight:600;line-height:20px;color:#ffffff;text-decoration:none;border-radius:8px">`,
    ...given.label,
    "</a></td></tr></table>\n",
  ];
}

const accentOf = ({ target }: Slots): string => accent(target.company);

const accent = ({ accent: given }: Branding): string =>
  given !== undefined && /^#[0-9a-fA-F]{6}$/.test(given) ? given : ACCENT;

const header = ({ target: { company } }: Slots): string =>
  `<tr><td style="height:4px;line-height:4px;font-size:0;background:${accent(company)}">&nbsp;</td></tr><tr><td class="rb-pad rb-name" style="padding:24px 40px 0;font-family:${FONT};font-size:15px;font-weight:600;color:#1b2433">${escapeHtml(oneLine(company.companyName))}</td></tr>`;

function footer({ target: { company, unsubscribeUrl } }: Slots): string {
  const address = oneLine(company.address ?? "");
  const lines = [
    `Sent by ${escapeHtml(oneLine(company.companyName))}${address === "" ? "" : `, ${escapeHtml(address)}`}`,
  ];
  if (unsubscribeUrl !== null)
    lines.push(
      `You get this because you agreed to e-mails from us. <a href="${escapeHtml(unsubscribeUrl)}" style="color:#5b6678;text-decoration:underline">Unsubscribe</a>`,
    );
  return `<tr><td class="rb-pad rb-quiet rb-rule" style="padding:20px 40px 28px;border-top:1px solid #e2e7f0;font-family:${FONT};font-size:13px;line-height:1.6;color:#5b6678">${lines.join("<br>\n")}</td></tr>`;
}

const pixel = ({ target: { pixelUrl } }: Slots): string =>
  pixelUrl === null
    ? ""
    : `<img src="${escapeHtml(pixelUrl)}" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px">`;
