import { inkOn, readableOn } from "@/server/platform/colour";
import { escapeHtml, oneLine, webAddress } from "./clean";
import { type BrandParts, day, FONT, night } from "./layout";
import type { Branding } from "./schemas";
import type { Slots } from "./slots";
import { wordsIn } from "./words";

const ACCENT = "#1d4ed8";
const HEX = /^#[0-9a-f]{6}$/i;

/** The workspace's accent, or ours for none and for what is no colour. */
export const accentOf = ({ accent }: Branding): string =>
  accent && HEX.test(accent) ? accent.toLowerCase() : ACCENT;

/** How a branding colours and signs the layout, in the language of the body. */
export function brandParts(language: string): BrandParts {
  const words = wordsIn(language);
  return {
    style: ({ target: { company } }) => {
      const accent = accentOf(company);
      const page = HEX.test(company.page ?? "") ? company.page : null;
      // After the layout's own rules, which this one would otherwise overrule at night.
      const behind = page
        ? `.rb-page,.rb-page>div{background:${page}!important;background-color:${page}!important}@media (prefers-color-scheme:dark){.rb-page,.rb-page>div{background:${night.page}!important;background-color:${night.page}!important}}`
        : "";
      return `${behind}.rb-link{color:${readableOn(day.card, accent)}}@media (prefers-color-scheme:dark){.rb-link{color:${readableOn(night.card, accent)}!important}}`;
    },
    stripe: ({ target: { company } }) =>
      `<tr><td style="height:4px;line-height:4px;font-size:0;background:${accentOf(company)};border-radius:12px 12px 0 0">&nbsp;</td></tr>`,
    head: ({ target: { company } }) => {
      const name = escapeHtml(oneLine(company.companyName));
      const shown = company.logoUrl
        ? `<img src="${escapeHtml(company.logoUrl)}" alt="${name}" height="40" style="display:block;height:40px;width:auto;max-width:240px;border:0">`
        : `<div style="font-family:${FONT};font-size:15px;font-weight:600;line-height:1.4;color:${day.ink}">${name}</div>`;
      return `<tr><td class="rb-name" style="padding:24px 40px 8px">${shown}</td></tr>`;
    },
    foot: (slots) => footOf(slots, words),
    pixel: ({ target: { pixelUrl } }) =>
      pixelUrl === null
        ? ""
        : `<tr><td style="font-size:0;line-height:0"><img src="${escapeHtml(pixelUrl)}" width="1" height="1" alt="" style="display:block;border:0;width:1px;height:1px"></td></tr>`,
  };
}

function footOf(
  { target: { company, unsubscribeUrl, preferencesUrl } }: Slots,
  words: ReturnType<typeof wordsIn>,
): string {
  const sender = [company.companyName, company.address ?? ""].map(oneLine).filter((line) => line !== "");
  const lines = sender.length === 0 ? [] : [escapeHtml(words.sentBy(sender.join(", ")))];
  const ways = [
    ...(unsubscribeUrl === null ? [] : [quietLink(unsubscribeUrl, words.unsubscribe)]),
    ...(preferencesUrl ? [quietLink(preferencesUrl, words.choose)] : []),
  ];
  for (const line of linesOf(company.footer)) lines.push(escapeHtml(line));
  if (unsubscribeUrl !== null) lines.push(escapeHtml(words.why));
  if (ways.length > 0) lines.push(ways.join(" · "));
  const pages = socialOf(company).map(({ name, url }) => quietLink(url, name));
  if (pages.length > 0) lines.unshift(pages.join(" · "));
  return lines.join("<br>\n");
}

/** The lines of a text that stands at the foot. */
export const linesOf = (text: string | undefined): string[] =>
  (text ?? "").split("\n").flatMap((line) => oneLine(line) || []);

const hosts: Record<string, string> = {
  "facebook.com": "Facebook",
  "instagram.com": "Instagram",
  "linkedin.com": "LinkedIn",
  "youtube.com": "YouTube",
  "x.com": "X",
  "twitter.com": "X",
  "wa.me": "WhatsApp",
  "t.me": "Telegram",
};

/** Pages of the company with what they are called: the service, else the host. What is no web address is left out. */
const socialOf = ({ social = [] }: Branding): { name: string; url: string }[] =>
  social.flatMap((address) => {
    const url = webAddress(address);
    if (url === null) return [];
    const host = new URL(url).hostname.replace(/^(www|m|in)\./, "");
    return [{ name: hosts[host] ?? host, url }];
  });

const quietLink = (url: string, words: string): string =>
  `<a href="${escapeHtml(url)}" style="color:${day.quiet};text-decoration:underline">${escapeHtml(words)}</a>`;

/** The attributes of a button in the workspace's colour. */
export const buttonStyle = (company: Branding): { ground: string; ink: string } => {
  const ground = accentOf(company);
  return { ground, ink: inkOn(ground) };
};
