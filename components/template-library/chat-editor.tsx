"use client";

import { TaggedField } from "@/components/campaigns/content/tagged-field";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { named, numbered } from "@/server/template-library/content";
import type { WhatsAppContent } from "@/server/template-library/schemas";
import { fallbacksOf, wordsError } from "./editing";
import type { TemplateDraft } from "./use-template-draft";

const empty: WhatsAppContent = {
  parts: { header: null, body: "", footer: null, buttons: [] },
  variables: [],
  buttonUrls: [],
  headerFileId: null,
};

/** The words of a WhatsApp template: written with tags, kept with the numbers that WhatsApp wants. */
export function ChatEditor({ draft, language }: { draft: TemplateDraft; language: string }) {
  const { content } = draft.fields;
  const chat = content.whatsapp?.[language] ?? empty;
  const { parts, variables } = chat;
  const write = (patch: Partial<WhatsAppContent>) =>
    draft.change({
      content: { ...content, whatsapp: { ...content.whatsapp, [language]: { ...chat, ...patch } } },
    });
  const error = (field: string) => wordsError(draft, `whatsapp.${language}.parts.${field}`);
  return (
    <div className="flex flex-col gap-5">
      <TaggedField
        label="Message"
        rows={10}
        value={named(parts.body, variables)}
        error={error("body")}
        help="New words are a new WhatsApp template, which WhatsApp approves first. A tag may neither begin nor end the message."
        onChange={(words) => {
          const { text, variables: filled } = numbered(words);
          write({ parts: { ...parts, body: text }, variables: filled });
        }}
        language={language}
        {...fallbacksOf(draft, language)}
      />
      <Field label="Footer" optional error={error("footer")}>
        <Input
          maxLength={60}
          value={parts.footer ?? ""}
          onChange={(event) => write({ parts: { ...parts, footer: event.target.value || null } })}
        />
      </Field>
      {parts.buttons.map((button, nth) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: a button is its place
          key={nth}
          label={button.kind === "quick_reply" ? "Quick reply" : "Button"}
          error={error(`buttons.${nth}.label`)}
          help="At most 25 characters."
        >
          <Input
            maxLength={25}
            value={button.label}
            onChange={(event) =>
              write({
                parts: {
                  ...parts,
                  buttons: parts.buttons.map((each, at) =>
                    at === nth ? { ...each, label: event.target.value } : each,
                  ),
                },
              })
            }
          />
        </Field>
      ))}
    </div>
  );
}
