/**
 * Hindi for documents outside our own style sheets (framed mails, pages for customers), on devices without such a font.
 * One file of our own origin, loaded when there is something to write with it. Mails name this family in their lists.
 */
export const devanagariFace =
  "@font-face{font-family:'Noto Sans Devanagari';font-weight:100 900;font-display:swap;src:local('Noto Sans Devanagari'),url(/fonts/devanagari.woff2) format('woff2');unicode-range:U+0900-097F,U+1CD0-1CF9,U+200C-200D,U+20A8,U+20B9,U+25CC,U+A830-A839,U+A8E0-A8FF}";
