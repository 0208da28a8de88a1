import { escapeHtml, publicPage } from "@/components/tracking/public-page";
import type { CustomerPage } from "@/server/callbacks";
import { requestTypeLabel } from "@/server/callbacks/content";
import { type CustomerWish, customerWish } from "@/server/callbacks/schemas";
import { formatDateTime } from "@/server/platform/format";
import { formStyle } from "./call-me-page";

const notices: Record<string, string> = {
  asked: "Thank you. We have your request.",
  move: "Done. We call you at the time that you chose.",
  cancel: "Done. We do not call you about this.",
  rate: "Thank you for telling us.",
};

/** What a customer sees of the own request: where it stands, another time, no call, and how it went. */
export function customerCallPage(page: CustomerPage, notice: string | null): string {
  const said =
    notice === "not"
      ? '<p class="wrong" role="alert">This cannot be changed any more, or the time has been taken. Choose another one, or wait for our call.</p>'
      : notice && Object.hasOwn(notices, notice)
        ? `<p class="done" role="status">${notices[notice]}</p>`
        : "";
  return publicPage(
    `Your call – ${page.companyName}`,
    `<p class="company">${escapeHtml(page.companyName)}</p>
<h1>${escapeHtml(titleOf(page))}</h1>
${said}
<p>About: ${escapeHtml(requestTypeLabel(page.requestType))}</p>
${(page.open && !page.inHand) || page.bookable ? changeForms(page) : ""}
${page.talked ? rateForm(page) : ""}`,
    { more: `${formStyle}\n${markStyle}` },
  );
}

function titleOf(page: CustomerPage): string {
  if (page.inHand) return "We are calling you";
  if (page.status === "scheduled" && page.slotStart)
    return `We call you on ${formatDateTime(page.slotStart, page.zone, true)}`;
  if (page.open) return "We will call you";
  if (page.status === "completed") return "We have talked";
  return page.status === "expired" ? "We could not reach you" : "No call is planned";
}

function changeForms({ open, slots, slotStart }: CustomerPage): string {
  const groups = slots.days
    .map(({ date, slots: times }) => {
      const options = times
        .filter(({ working }) => working)
        .map(
          ({ start, time }) =>
            `<option value="${start}"${slotStart && Date.parse(start) === Date.parse(slotStart) ? " selected" : ""}>${dayName(date)}, ${time}</option>`,
        )
        .join("");
      return options && `<optgroup label="${dayName(date)}">${options}</optgroup>`;
    })
    .join("");
  return `<form method="post">
<input type="hidden" name="do" value="move">
<label>Choose a time<select name="start" required>${groups}</select></label>
<p class="note">Times of ${escapeHtml(slots.zone)}, each for half an hour.</p>
<button>Call me at this time</button>
</form>
${open ? '<form method="post"><input type="hidden" name="do" value="cancel"><button class="quiet">I do not need the call any more</button></form>' : ""}`;
}

/** "Saturday, 28 November". */
const dayName = (date: string): string =>
  new Intl.DateTimeFormat("en-IN", {
    weekday: "long",
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(`${date}T00:00:00Z`));

const marks = ["Very poor", "Poor", "Fair", "Good", "Very good"];

/** One press is the answer, which is kept. */
const rateForm = ({ satisfaction }: CustomerPage): string =>
  satisfaction === null
    ? `<form method="post" class="marks" aria-label="How was the call?">
<input type="hidden" name="do" value="rate">
<p>How was the call?</p>
${marks.map((label, nth) => `<button name="satisfaction" value="${nth + 1}">${nth + 1}<span>${label}</span></button>`).join("")}
</form>`
    : `<p>You said: ${satisfaction} of 5, ${marks[satisfaction - 1]?.toLowerCase()}.</p>`;

const markStyle = `
.marks{display:grid;grid-template-columns:repeat(5,1fr);gap:8px}
.marks p{grid-column:1/-1;margin:0;font-weight:500}
.marks button{padding:10px 2px;background:transparent;border-color:light-dark(#cfd2d9,#3a3d46);color:inherit;font-size:18px}
.marks button:hover{background:light-dark(#f4f5f7,#1a1c21)}
.marks span{display:block;font-size:12px;line-height:16px;font-weight:400;white-space:normal;color:light-dark(#535866,#a3a8b4)}
`.trim();

/** The wish in a sent form; null for what is none. */
export function wishOf(form: URLSearchParams | null): ReturnType<typeof customerWish.parse> | null {
  const read = customerWish.safeParse(Object.fromEntries(form ?? []) as CustomerWish);
  return read.success ? read.data : null;
}
