import { unsubscribeWords } from "@/server/tracking/content";
import type { UnsubscribePage } from "@/server/tracking/get-unsubscribe";
import { escapeHtml, publicPage } from "./public-page";

/** What the page says above its one button after something was done, or could not be. */
export type UnsubscribeNotice = "resumed" | "changed_since" | null;

const notices = {
  resumed: "Done. You will get offers and news by e-mail again.",
  changed_since: "Your choice was changed in another place since. Nothing was changed now.",
} as const satisfies Record<NonNullable<UnsubscribeNotice>, string>;

/** The page of an unsubscribe link: what is so now, and one button that changes it. */
export function unsubscribePage(
  page: UnsubscribePage & { token: string },
  notice: UnsubscribeNotice,
): string {
  const company = escapeHtml(page.companyName);
  const address = page.addressHint === "" ? "" : ` at <b>${escapeHtml(page.addressHint)}</b>`;
  const words = unsubscribeWords(page.companyName);
  // A made-up address must not let the page say what is not so.
  const shown = notice === "resumed" && page.withdrawn ? null : notice;
  const said = shown === null ? "" : `<p class="done" role="status">${notices[shown]}</p>`;
  const choose = `<p class="more"><a href="/preferences/${encodeURIComponent(page.token)}">Choose what you get, on every channel</a><br><a href="/preferences/${encodeURIComponent(page.token)}?lang=hi" lang="hi">हर माध्यम के लिए अपनी पसंद चुनें</a></p>`;
  if (page.withdrawn)
    return publicPage(
      `No more offers from ${page.companyName}`,
      `<p class="company">${company}</p>
<h1>You will not get offers by e-mail</h1>${said}
<p>We stopped offers and news${address}. Messages about your own policies, such as due dates and receipts, still come.</p>
<p class="hindi" lang="hi">आपको अब ${company} से ऑफ़र और समाचार वाले ई-मेल नहीं मिलेंगे। आपकी पॉलिसी की ज़रूरी सूचनाएँ मिलती रहेंगी।</p>
${button("resume", words.resume, "quiet")}${choose}`,
    );
  return publicPage(
    `Stop offers from ${page.companyName}`,
    `<p class="company">${company}</p>
<h1>Stop offers by e-mail?</h1>${said}
<p>You will get no more offers and news${address}. Messages about your own policies, such as due dates and receipts, still come.</p>
<p class="hindi" lang="hi">क्या आप ${company} से ऑफ़र और समाचार वाले ई-मेल बंद करना चाहते हैं? नीचे का बटन दबाएँ।</p>
${button("stop", words.stop)}${choose}`,
  );
}

const button = (action: "stop" | "resume", label: string, look = "") =>
  `<form method="post"><button class="${look}" name="action" value="${action}">${unbroken(escapeHtml(label))}</button></form>`;

/** "e-mail" is not parted at its hyphen. */
const unbroken = (html: string) => html.replaceAll("e-mail", "<span>e-mail</span>");
