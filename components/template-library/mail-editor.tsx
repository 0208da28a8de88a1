"use client";

import dynamic from "next/dynamic";
import { TaggedField } from "@/components/campaigns/content/tagged-field";
import { Field } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import type { EmailBody } from "@/server/campaigns/content";
import { fallbacksOf, wordsError } from "./editing";
import type { TemplateDraft } from "./use-template-draft";

// It weighs as much as the rest of the screen: it comes with the first mail that is opened.
const RichEditor = dynamic(
  () => import("@/components/campaigns/content/rich/rich-editor").then((part) => part.RichEditor),
  { ssr: false, loading: () => <Skeleton className="h-96" /> },
);

const empty: EmailBody = { subject: "", preheader: "", body: "" };

/** Subject, preheader and body of a mail, written as in the builder. */
export function MailEditor({ draft, language }: { draft: TemplateDraft; language: string }) {
  const { content } = draft.fields;
  const mail = content.email?.[language] ?? empty;
  const write = (patch: Partial<EmailBody>) =>
    draft.change({ content: { ...content, email: { ...content.email, [language]: { ...mail, ...patch } } } });
  const error = (field: string) => wordsError(draft, `email.${language}.${field}`);
  const tagged = { ...fallbacksOf(draft, language), language };
  return (
    <div className="flex flex-col gap-5">
      <TaggedField
        label="Subject"
        value={mail.subject}
        error={error("subject")}
        onChange={(subject) => write({ subject })}
        {...tagged}
      />
      <TaggedField
        label="Preheader"
        optional
        value={mail.preheader}
        error={error("preheader")}
        help="Follows the subject in the list of a mailbox."
        onChange={(preheader) => write({ preheader })}
        {...tagged}
      />
      <Field label="Message" error={error("body")}>
        <RichEditor
          value={mail.body}
          placeholder="Write as you would to one person."
          onChange={(body) => write({ body })}
          {...tagged}
        />
      </Field>
    </div>
  );
}
