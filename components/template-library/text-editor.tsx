"use client";

import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { wordsError } from "./editing";
import type { TemplateDraft } from "./use-template-draft";

/** The text of an SMS. */
export function TextEditor({ draft, language }: { draft: TemplateDraft; language: string }) {
  const { content } = draft.fields;
  return (
    <Field
      label="Text"
      error={wordsError(draft, `sms.${language}.text`)}
      help="For Indian numbers the same words must be registered (DLT) and imported; they are found by themselves then."
    >
      <Textarea
        lang={language}
        rows={6}
        value={content.sms?.[language]?.text ?? ""}
        onChange={(event) =>
          draft.change({
            content: { ...content, sms: { ...content.sms, [language]: { text: event.target.value } } },
          })
        }
      />
    </Field>
  );
}
