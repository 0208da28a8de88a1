"use client";

import { TaggedField } from "@/components/campaigns/content/tagged-field";
import { fallbacksOf, wordsError } from "./editing";
import type { TemplateDraft } from "./use-template-draft";

/** The text of an SMS. */
export function TextEditor({ draft, language }: { draft: TemplateDraft; language: string }) {
  const { content } = draft.fields;
  return (
    <TaggedField
      label="Text"
      rows={6}
      value={content.sms?.[language]?.text ?? ""}
      error={wordsError(draft, `sms.${language}.text`)}
      help="For Indian numbers the same words must be registered (DLT) and imported; they are found by themselves then."
      onChange={(text) =>
        draft.change({ content: { ...content, sms: { ...content.sms, [language]: { text } } } })
      }
      language={language}
      {...fallbacksOf(draft, language)}
    />
  );
}
