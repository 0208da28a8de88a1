/** Where a mail program begins to repeat what was answered. */
const QUOTES: readonly RegExp[] = [
  /^\s*>/,
  /^\s*-{2,}\s*(original message|forwarded message|मूल संदेश)\s*-{2,}/i,
  /^\s*_{10,}\s*$/,
  /^\s*(on|am|le|el)\b.{5,200}\b(wrote|schrieb|a écrit|escribió)\s*:\s*$/i,
  /^.{5,200}(ने लिखा|ने लिखा है)\s*:?\s*$/,
  /^\s*from:\s.{1,200}$/i,
];

/** A signature by convention (“-- ”), and what telephones add. */
const SIGNATURES: readonly RegExp[] = [/^-- ?$/, /^\s*(sent from my|get outlook for|sent via)\b/i];

/**
 * What somebody wrote, without what their mail program repeats below and without the signature: the words of our own
 * message, “unsubscribe” among them, must not be taken for theirs.
 */
export function withoutQuotes(text: string): string {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const end = lines.findIndex((line, nth) => {
    // “On Wed, 25 Nov 2026 at 10:00, Suraksha <x@y> wrote:” is often broken in two.
    const both = `${line} ${lines[nth + 1] ?? ""}`;
    return (
      [...QUOTES, ...SIGNATURES].some((rule) => rule.test(line)) ||
      (/^\s*on\b/i.test(line) && QUOTES[3]?.test(both))
    );
  });
  return (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
}
