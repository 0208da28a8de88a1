/**
 * The script that a company puts on its own pages: a button, and a form in a shadow root, so that neither style nor script of the
 * page reaches the other. It makes its elements one by one and its style as a sheet object, so a strict content policy of the page
 * has to allow our address in `script-src` and `connect-src` only. `data-preview`: nothing is sent.
 */
export const widgetScript = `(() => {
"use strict";
const me = document.currentScript;
if (!me || !me.dataset.key || !("adoptedStyleSheets" in Document.prototype)) return;
const base = new URL(me.src).origin;
const address = base + "/widget/" + encodeURIComponent(me.dataset.key);
const preview = "preview" in me.dataset;
const el = (tag, props, ...inside) => {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...inside);
  return made;
};
const sheet = new CSSStyleSheet();
sheet.replaceSync(\`
:host{all:initial;color-scheme:light dark}
*{box-sizing:border-box;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.open{position:fixed;right:20px;bottom:20px;z-index:2147483000;padding:12px 20px;border:0;border-radius:6px;background:#2c5bd8;color:#fff;font-weight:500;cursor:pointer;box-shadow:0 2px 8px rgb(0 0 0/.2)}
.open:hover{background:#244dbb}
.box{position:fixed;right:20px;bottom:20px;z-index:2147483000;width:min(360px,calc(100vw - 24px));max-height:calc(100dvh - 40px);overflow:auto;padding:20px;border:1px solid light-dark(#e6e7eb,#25272d);border-radius:6px;background:light-dark(#fff,#131418);color:light-dark(#16181d,#ecedf0);box-shadow:0 4px 24px rgb(0 0 0/.2)}
@media (max-width:480px){.box{right:12px;bottom:12px}}
h2{margin:0 0 8px;font-size:18px;font-weight:600;padding-right:32px}
p{margin:0 0 12px;font-size:14px}
label{display:block;margin:0 0 12px;font-size:14px;font-weight:500}
input,select,textarea{display:block;width:100%;min-height:44px;margin-top:4px;padding:8px 10px;border:1px solid light-dark(#858b98,#5d6370);border-radius:6px;background:transparent;color:inherit}
select option{background:light-dark(#fff,#131418)}
.send{width:100%;min-height:44px;border:0;border-radius:6px;background:#2c5bd8;color:#fff;font-weight:500;cursor:pointer}
.send:disabled{opacity:.6;cursor:default}
.close{position:absolute;top:12px;right:12px;width:32px;height:32px;border:0;border-radius:6px;background:transparent;color:inherit;font-size:20px;line-height:1;cursor:pointer}
.wrong{padding:8px 10px;border-radius:6px;background:light-dark(#fdecec,#331719);color:light-dark(#a11d24,#ff9a9a)}
a{color:light-dark(#2450c4,#92b0ff)}
:focus-visible{outline:2px solid light-dark(#2450c4,#92b0ff);outline-offset:2px}
\`);
const host = el("div");
const root = host.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];
const button = el("button", { className: "open", type: "button", textContent: me.dataset.label || "Ask for a call" });
const close = () => {
  root.replaceChildren(button);
  button.focus();
};
const box = (title, ...inside) => {
  const x = el("button", { className: "close", type: "button", textContent: "\\u00d7", onclick: close });
  x.setAttribute("aria-label", "Close");
  const made = el("div", { className: "box", onkeydown: (event) => event.key === "Escape" && close() },
    el("h2", { textContent: title }), x, ...inside);
  made.setAttribute("role", "dialog");
  made.setAttribute("aria-label", title);
  root.replaceChildren(made);
  return made;
};
const field = (label, input) => el("label", { textContent: label }, input);
const show = ({ company, topics, token }) => {
  const phone = el("input", { type: "tel", name: "phone", autocomplete: "tel", required: true });
  const name = el("input", { name: "name", autocomplete: "name", maxLength: 120 });
  const about = el("select", { name: "about" }, ...topics.map(([value, textContent]) =>
    el("option", { value, textContent, selected: value === "general_inquiry" })));
  const words = el("textarea", { name: "words", maxLength: 1000, rows: 2 });
  const wrong = el("p", { className: "wrong", hidden: true });
  wrong.setAttribute("role", "alert");
  const send = el("button", { className: "send", textContent: "Ask for a call" });
  const form = el("form", {}, field("Your number", phone), field("Your name", name), field("What is it about?", about),
    field("In your words (optional)", words), wrong, send);
  const say = (problem) => {
    wrong.textContent = problem;
    wrong.hidden = false;
    send.disabled = false;
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (preview) return say("This is a preview. Nothing is sent.");
    send.disabled = true;
    try {
      const answer = await fetch(address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token, phone: phone.value, name: name.value, about: about.value, words: words.value }),
      });
      const said = await answer.json();
      if (!answer.ok) return say(said.message || "It was not sent. Try again.");
      box("Thank you. We have your request.", el("p", { textContent: "A person calls the number in working hours." }),
        ...(said.page ? [el("a", { href: said.page, target: "_blank", rel: "noopener", textContent: "Choose the time" })] : []))
        .querySelector(".close").focus();
    } catch {
      say("It was not sent. Look at your connection and try again.");
    }
  };
  box("We call you back", el("p", { textContent: company + " uses the number for this call." }), form);
  phone.focus();
};
button.onclick = async () => {
  button.disabled = true;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error();
    show(await answer.json());
  } catch {
    box("The form does not open here", el("p", { textContent: "Call or write to us instead." }));
  }
  button.disabled = false;
};
root.append(button);
(document.body || document.documentElement).append(host);
me.dispatchEvent(new CustomEvent("ringback", { detail: host }));
})();
`;
