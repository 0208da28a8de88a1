import { escapeHtml, oneLine } from "./clean";
import { inkOn, readableOn } from "./colour";
import { type BrandParts, day, FONT, night } from "./layout";
import type { Branding } from "./schemas";
import type { Slots } from "./slots";
import { wordsIn } from "./words";

const ACCENT = "#1d4ed8";

/** The workspace's accent, or ours for none and for what is no colour. */
export const accentOf = ({ accent }: Branding): string =>
  accent && /^#[0-9a-f]{6}$/i.test(accent) ? accent.toLowerCase() : ACCENT;

/** How a branding colours and signs the layout, in the language of the body. */
export function brandParts(language: string): BrandParts {
  const words = wordsIn(language);
  return {
    style: ({ target: { company } }) => {
      const accent = accentOf(company);
      return `.rb-link{color:${readableOn(day.card, accent)}}@media (prefers-color-scheme:dark){.rb-link{color:${readableOn(night.card, accent)}!important}}`;
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
  if (unsubscribeUrl !== null) lines.push(escapeHtml(words.why));
  if (ways.length > 0) lines.push(ways.join(" · "));
  return lines.join("<br>\n");
}

const quietLink = (url: string, words: string): string =>
  `<a href="${escapeHtml(url)}" style="color:${day.quiet};text-decoration:underline">${escapeHtml(words)}</a>`;

/** The attributes of a button in the workspace's colour. */
export const buttonStyle = (company: Branding): { ground: string; ink: string } => {
  const ground = accentOf(company);
  return { ground, ink: inkOn(ground) };
};
