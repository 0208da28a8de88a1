import { escapeHtml, publicPage } from "@/components/tracking/public-page";
import type { AskPage } from "@/server/callbacks";
import { formStyle, topicOptions } from "./call-me-page";

type Typed = Partial<Record<"phone" | "about" | "words", string>> & { key: string; problem?: string };

/** Behind a message's own link: who asks is known, so one press is enough. */
export function askPage({ companyName, phoneEnd, topic }: AskPage, typed: Typed): string {
  const number =
    phoneEnd === null
      ? `<label>Your number<input name="phone" type="tel" inputmode="tel" autocomplete="tel" required value="${escapeHtml(typed.phone ?? "")}"></label>`
      : "";
  return publicPage(
    `Ask for a call – ${companyName}`,
    `<p class="company">${escapeHtml(companyName)}</p>
<h1>Shall we call you?</h1>
<p>${
      phoneEnd === null
        ? "A person calls you in working hours; on the next page you can choose the time."
        : `A person calls the number that ends in ${escapeHtml(phoneEnd)} in working hours; on the next page you can choose the time.`
    }</p>
${typed.problem ? `<p class="wrong" role="alert">${escapeHtml(typed.problem)}</p>` : ""}
<form method="post">
<input type="hidden" name="key" value="${escapeHtml(typed.key)}">
${number}
<label>What is it about?<select name="about">${topicOptions(typed.about ?? topic)}</select></label>
<label>In your words (optional)<textarea name="words" maxlength="1000">${escapeHtml(typed.words ?? "")}</textarea></label>
<button>Call me</button>
</form>`,
    { more: formStyle },
  );
}

/** Where the link of a test leads. */
export const testAskPage = (): string =>
  publicPage(
    "A test message",
    `<h1>This was a test</h1>
<p>In the campaign each customer finds a page of their own here, and asks for a call with one press.</p>`,
  );
