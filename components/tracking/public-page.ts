import { devanagariFace } from "@/components/ui/devanagari-face";

/**
 * Pages for customers are plain HTML: they come from a link in a mail, often on a slow phone, and must answer a bare POST at
 * the address they are shown at (RFC 8058). No script, no cookie, nothing loaded but Hindi letters where the
 * device has none. The Hindi font stands first: it holds no Latin letters, and as a fallback Chromium left whole lines of
 * bold Hindi blank until something else drew them. The colours are those of app/tokens.css.
 */
const style = `
${devanagariFace}
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100svh;display:grid;place-items:center;padding:24px 16px;background:light-dark(#f7f7f9,#0d0e11);color:light-dark(#16181d,#ecedf0);font:16px/1.6 "Noto Sans Devanagari",Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
main{width:100%;max-width:480px;padding:32px;background:light-dark(#fff,#131418);border:1px solid light-dark(#e6e7eb,#25272d);border-radius:6px;overflow-wrap:anywhere}
h1{margin:0 0 12px;font-size:22px;line-height:30px;font-weight:600;letter-spacing:-.012em}
p{margin:0 0 12px}
a{color:light-dark(#2450c4,#92b0ff);text-underline-offset:2px}
.more{margin:20px 0 0;font-size:14px}
.company{margin:0 0 20px;font-size:14px;color:light-dark(#535866,#a3a8b4)}
.hindi{color:light-dark(#535866,#a3a8b4)}
.done{padding:10px 12px;border-radius:6px;background:light-dark(#e7f5ed,#11281d);color:light-dark(#0d6a41,#63d19c)}
form{margin:20px 0 0}
button{display:block;width:100%;min-height:44px;padding:10px 16px;border:1px solid transparent;border-radius:6px;font:inherit;font-weight:500;text-wrap:balance;cursor:pointer;background:light-dark(#2c5bd8,#3f6be4);color:#fff}
button span{white-space:nowrap}
button:hover{background:light-dark(#244dbb,#4a72e6)}
button.quiet{background:transparent;border-color:light-dark(#cfd2d9,#3a3d46);color:inherit}
button.quiet:hover{background:light-dark(#f4f5f7,#1a1c21)}
:focus-visible{outline:2px solid light-dark(#2450c4,#92b0ff);outline-offset:2px}
@media (max-width:480px){main{padding:24px 20px}}
`.trim();

/** `text` as HTML text or a quoted attribute value. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A whole page around `body`, which is HTML already; `more` are rules of this page alone. */
export const publicPage = (title: string, body: string, { lang = "en", more = "" } = {}): string =>
  `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="/icon.svg">
<title>${escapeHtml(title)}</title>
<style>${style}${more}</style>
</head>
<body><main>${body}</main></body>
</html>
`;

/** For a link that was cut, changed, or never ours. */
export const brokenLinkPage = (): string =>
  publicPage(
    "This link does not work",
    `<h1>This link does not work</h1>
<p>It may have been cut in two by a mail program. Open the message again and follow the link from there, or reply to the message.</p>
<p class="hindi" lang="hi">यह लिंक काम नहीं कर रहा है। कृपया संदेश फिर से खोलकर लिंक दबाएँ।</p>`,
  );

/** For whoever asks too often; `seconds` until the next time. */
export const tooOftenPage = (seconds: number): string =>
  publicPage(
    "Too many tries",
    `<h1>Too many tries</h1>
<p>Nothing was changed. Try again in ${Math.max(1, Math.ceil(seconds / 60))} minutes, or reply STOP to the message.</p>
<p class="hindi" lang="hi">बहुत बार कोशिश हुई। कृपया थोड़ी देर बाद फिर कोशिश करें, या संदेश के जवाब में STOP लिखें।</p>`,
  );
