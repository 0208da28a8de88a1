import { escapeHtml, publicPage } from "@/components/tracking/public-page";
import { requestTypes } from "@/server/callbacks/status";

/** Fields of the public pages for calls; the colours are those of app/tokens.css. */
export const formStyle = `
label{display:block;margin:0 0 16px;font-size:14px;font-weight:500}
input,select,textarea{display:block;width:100%;min-height:44px;margin:6px 0 0;padding:8px 12px;border:1px solid light-dark(#858b98,#5d6370);border-radius:6px;background:transparent;color:inherit;font:inherit;font-weight:400}
select option{background:light-dark(#fff,#131418)}
textarea{min-height:88px}
.wrong{padding:10px 12px;border-radius:6px;background:light-dark(#fdecec,#331719);color:light-dark(#a11d24,#ff9a9a)}
.note{margin-top:12px;font-size:14px;line-height:22px;color:light-dark(#535866,#a3a8b4)}
form+form{margin-top:12px}
`.trim();

type Typed = Partial<Record<"name" | "phone" | "about" | "words", string>> & {
  key: string;
  problem?: string;
};

/** The topics of the product, one of them chosen. */
export const topicOptions = (chosen = "general_inquiry"): string =>
  Object.entries(requestTypes)
    .map(([key, { label }]) => `<option value="${key}"${key === chosen ? " selected" : ""}>${label}</option>`)
    .join("");

/** The form in which anybody asks a company for a call. */
export function callMePage({ companyName }: { companyName: string }, typed: Typed): string {
  const company = escapeHtml(companyName);
  const value = (name: "name" | "phone" | "words") => escapeHtml(typed[name] ?? "");
  return publicPage(
    `Ask for a call – ${companyName}`,
    `<p class="company">${company}</p>
<h1>We call you back</h1>
<p>Leave your number. A person calls you in working hours; on the next page you can choose the time.</p>
${typed.problem ? `<p class="wrong" role="alert">${escapeHtml(typed.problem)}</p>` : ""}
<form method="post">
<input type="hidden" name="key" value="${escapeHtml(typed.key)}">
<label>Your number<input name="phone" type="tel" inputmode="tel" autocomplete="tel" required value="${value("phone")}"></label>
<label>Your name<input name="name" autocomplete="name" maxlength="120" value="${value("name")}"></label>
<label>What is it about?<select name="about">${topicOptions(typed.about)}</select></label>
<label>In your words (optional)<textarea name="words" maxlength="1000">${value("words")}</textarea></label>
<button>Ask for a call</button>
</form>
<p class="note">${company} uses the number for this call.</p>`,
    { more: formStyle },
  );
}

/** After a form that opened nothing new: the same words for everybody, with nothing to see and nothing to change. */
export const thanksPage = ({ companyName }: { companyName: string }): string =>
  publicPage(
    `Thank you – ${companyName}`,
    `<p class="company">${escapeHtml(companyName)}</p>
<h1>Thank you. We have your request.</h1>
<p>A person calls the number in working hours.</p>`,
  );
