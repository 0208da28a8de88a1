import { escapeHtml, publicPage } from "@/components/tracking/public-page";
import type { ContactChannel, Purpose } from "@/server/consent/status";
import { channelWord, type PageLanguage, preferenceWords } from "@/server/preferences/content";
import type { Choice, PreferencePage } from "@/server/preferences/get";
import type { PreferenceNotice } from "@/server/preferences/schemas";

// Whole rows are pressed with a thumb; the boxes stay real check boxes, so that everything works without a script.
const style = `
main{max-width:560px}
header{display:flex;justify-content:space-between;gap:16px;margin:0 0 20px;font-size:14px;color:light-dark(#535866,#a3a8b4)}
a{color:light-dark(#2450c4,#92b0ff)}
fieldset{margin:24px 0 0;padding:0;border:0;min-width:0}
legend{padding:0;font-size:18px;line-height:28px;font-weight:600}
.help{margin:0 0 12px;font-size:14px;line-height:22px;color:light-dark(#535866,#a3a8b4)}
.rows{border:1px solid light-dark(#e6e7eb,#25272d);border-radius:6px;overflow:hidden}
.row{display:flex;align-items:center;gap:12px;min-height:56px;padding:8px 16px;cursor:pointer}
.row+.row{border-top:1px solid light-dark(#e6e7eb,#25272d)}
.row:hover{background:light-dark(#f7f7f9,#1a1c21)}
.row:focus-within{outline:2px solid light-dark(#2450c4,#92b0ff);outline-offset:-2px}
.row span{flex:1;min-width:0}
.row small{display:block;font-size:13px;line-height:18px;color:light-dark(#535866,#a3a8b4)}
.row input{appearance:none;flex:none;position:relative;width:44px;height:26px;margin:0;border-radius:13px;background:light-dark(#858b98,#5d6370);cursor:pointer;outline:none}
.row input::after{content:"";position:absolute;top:3px;left:3px;width:20px;height:20px;border-radius:10px;background:#fff}
.row input:checked{background:light-dark(#2c5bd8,#3f6be4)}
.row input:checked::after{left:21px}
@media (forced-colors:active){.row input{appearance:auto}}
.sum{margin:24px 0 0;padding:12px 16px;border-radius:6px;background:light-dark(#f4f5f7,#1a1c21);font-size:14px;line-height:22px}
.sum h2,.stop h2{margin:0 0 4px;font-size:14px;line-height:22px;font-weight:600}
.sum p,.stop p{margin:0}
.stop{margin:32px 0 0;padding:20px 0 0;border-top:1px solid light-dark(#e6e7eb,#25272d)}
.stop p{margin:0 0 12px;font-size:14px;line-height:22px;color:light-dark(#535866,#a3a8b4)}
.done{margin:0 0 16px}
`.trim();

/** A customer's preference centre: every channel for every purpose, one button that stops all offers, and what still comes. */
export function preferencesPage(
  page: PreferencePage,
  { language, notice }: { language: PageLanguage; notice: PreferenceNotice },
): string {
  const words = preferenceWords(language, page.companyName);
  const other = language === "hi" ? "en" : "hi";
  const head = `<header><span>${escapeHtml(page.companyName)}</span><a href="?lang=${other}" lang="${other}">${words.other}</a></header>
<h1>${escapeHtml(words.title)}</h1>${said(page, language, notice)}
<p>${escapeHtml(words.intro)}</p>`;
  const body =
    page.choices.length === 0
      ? `<p>${escapeHtml(words.noAddress)}</p>`
      : `${choiceForm(page, language)}${stopForm(page, language)}`;
  return publicPage(`${words.title} – ${page.companyName}`, head + body, { lang: language, more: style });
}

/** A made-up address must not let the page say what is not so. */
function said(page: PreferencePage, language: PageLanguage, notice: PreferenceNotice): string {
  const words = preferenceWords(language, page.companyName);
  const stopped = allowedFor(page, "promotional").length === 0;
  if (notice === null || (notice === "stopped" && !stopped)) return "";
  return `<p class="done" role="status">${escapeHtml(words[notice])}</p>`;
}

const allowedFor = (page: PreferencePage, purpose: Purpose): ContactChannel[] =>
  page.choices
    .filter((choice) => choice.purpose === purpose && choice.allowed && !choice.blocked)
    .map((choice) => choice.channel);

function choiceForm(page: PreferencePage, language: PageLanguage): string {
  const words = preferenceWords(language, page.companyName);
  return `<form method="post">
<input type="hidden" name="language" value="${language}">
${page.choices
  .filter((choice) => choice.allowed)
  .map(({ key }) => `<input type="hidden" name="was" value="${key}">`)
  .join("")}
${choiceRows(page, language, "promotional")}
${choiceRows(page, language, "service")}
<div class="sum"><h2>${escapeHtml(words.stillHeading)}</h2>
<p>${escapeHtml(words.offers(allowedFor(page, "promotional")))}</p>
<p>${escapeHtml(words.still(allowedFor(page, "service")))}</p></div>
<p></p><button name="action" value="save">${escapeHtml(words.save)}</button>
</form>`;
}

function choiceRows(page: PreferencePage, language: PageLanguage, purpose: Purpose): string {
  const words = preferenceWords(language, page.companyName)[purpose];
  const rows = page.choices
    .filter((choice) => choice.purpose === purpose)
    .map((choice) => choiceRow(page, language, choice));
  return `<fieldset aria-describedby="${purpose}-help"><legend>${escapeHtml(words.heading)}</legend>
<p class="help" id="${purpose}-help">${escapeHtml(words.help)}</p>
<div class="rows">${rows.join("")}</div></fieldset>`;
}

function choiceRow(page: PreferencePage, language: PageLanguage, choice: Choice): string {
  const { key, channel, allowed, blocked } = choice;
  const words = preferenceWords(language, page.companyName);
  const hint = page.hints[channel] ?? "";
  return `<label class="row"><span>${escapeHtml(channelWord(language, channel))}<small>${escapeHtml(hint)}${
    blocked ? ` · ${escapeHtml(words.blocked)}` : ""
  }</small></span><input type="checkbox" name="allowed" value="${key}"${allowed ? " checked" : ""}></label>`;
}

function stopForm(page: PreferencePage, language: PageLanguage): string {
  if (allowedFor(page, "promotional").length === 0) return "";
  const words = preferenceWords(language, page.companyName);
  return `<section class="stop"><h2>${escapeHtml(words.stopHeading)}</h2><p>${escapeHtml(words.stopHelp)}</p>
<form method="post"><input type="hidden" name="language" value="${language}"><button class="quiet" name="action" value="stop">${escapeHtml(words.stop)}</button></form></section>`;
}
