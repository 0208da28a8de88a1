"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import type { EmailBody } from "@/server/campaigns/content";
import { wordsError } from "./editing";
import type { TemplateDraft } from "./use-template-draft";

const empty: EmailBody = { subject: "", preheader: "", body: "" };

/** Subject, preheader and body of a mail, as plain text. */
export function MailEditor({ draft, language }: { draft: TemplateDraft; language: string }) {
  const { content } = draft.fields;
  const mail = content.email?.[language] ?? empty;
  const write = (patch: Partial<EmailBody>) =>
    draft.change({ content: { ...content, email: { ...content.email, [language]: { ...mail, ...patch } } } });
  const error = (field: string) => wordsError(draft, `email.${language}.${field}`);
  return (
    <div className="flex flex-col gap-5">
      <Field label="Subject" error={error("subject")}>
        <Input
          lang={language}
          value={mail.subject}
          onChange={(event) => write({ subject: event.target.value })}
        />
      </Field>
      <Field
        label="Preheader"
        optional
        error={error("preheader")}
        help="Follows the subject in the list of a mailbox."
      >
        <Input
          lang={language}
          value={mail.preheader}
          onChange={(event) => write({ preheader: event.target.value })}
        />
      </Field>
      {typeof mail.body === "string" ? (
        <Field
          label="Message"
          error={error("body")}
          help="An empty line begins a new paragraph. **Bold**, [label](https://…); a link alone in its paragraph becomes a button."
        >
          <Textarea
            lang={language}
            rows={16}
            className="max-h-[65vh] min-h-72"
            value={mail.body}
            onChange={(event) => write({ body: event.target.value })}
          />
        </Field>
      ) : (
        <Notice title="The message was laid out in the builder">
          Begin a campaign with this template, change it there, and save the campaign as a template.
        </Notice>
      )}
    </div>
  );
}
