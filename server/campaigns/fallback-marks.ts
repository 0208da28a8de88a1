import { countSms } from "@/server/platform/sms";
import type { Renderer } from "@/server/templates";

// Of Unicode's private use area: no customer's value and no body holds them, and no filter changes them.
const BEGIN = "\ue0f0";
const END = "\ue0f1";
const MARKED = new RegExp(`${BEGIN}([^${BEGIN}${END}]*)${END}`, "g");
const MARKS = new RegExp(`[${BEGIN}${END}]`, "g");

/** Sets words apart that stand in place of a value; see `withFallbacksShown`. */
export const markFallback = (words: string): string => `${BEGIN}${words}${END}`;

const clean = (text: string): string => text.replace(MARKS, "");

/** The words that were marked in a text, each once. */
const markedIn = (text: string): string[] => [
  ...new Set([...text.matchAll(MARKED)].flatMap(([, words]) => (words ? [words] : []))),
];

type Rendered = Extract<ReturnType<Renderer>, { ok: true }>["content"];

/**
 * A message rendered with marks, ready to be shown: a mail's fallbacks stand out in its HTML; those of other texts are
 * listed in `instead`. Parts of an SMS are counted without the marks.
 */
export function withFallbacksShown(content: Rendered): { content: Rendered; instead: string[] } {
  const instead = markedIn(content.channel === "email" ? `${content.subject} ${content.text}` : content.text);
  if (content.channel === "email")
    return {
      instead,
      content: {
        ...content,
        subject: clean(content.subject),
        preheader: clean(content.preheader),
        text: clean(content.text),
        html: clean(
          content.html
            .replace(/<title>[^<]*<\/title>/, clean)
            .replace(
              MARKED,
              '<mark style="background:#fde68a;color:#422006;border-radius:3px;padding:0 2px">$1</mark>',
            ),
        ),
      },
    };
  const text = clean(content.text);
  return content.channel === "sms"
    ? { instead, content: { ...content, text, parts: countSms(text).parts } }
    : { instead, content: { ...content, text } };
}
