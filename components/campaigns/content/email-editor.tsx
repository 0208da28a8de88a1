"use client";

import dynamic from "next/dynamic";
import { Field } from "@/components/ui/field";
import { Skeleton } from "@/components/ui/skeleton";
import { limits } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import { Attachments } from "./attachments";
import { type EditorProps, fallbacksOf } from "./editor-props";
import { SenderField } from "./sender-field";
import { TaggedField } from "./tagged-field";
import { bodyAt, withBody } from "./use-place";

// The editor weighs as much as the rest of the builder: it comes with the first mail that is written.
const RichEditor = dynamic(() => import("./rich/rich-editor").then((part) => part.RichEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-96" />,
});

/** Subject, preheader, the message itself, and the files that travel with it. */
export function EmailEditor({ draft, language, problems, subjectOnly = false }: EditorProps) {
  const { fields, change, errors } = draft;
  const mail = bodyAt(fields.bodies, "email", language);
  const write = (patch: Partial<typeof mail>) =>
    change({ bodies: withBody(fields.bodies, { channel: "email", language }, patch) });
  const error = (field: string) => errors[`bodies.email.${language}.${field}`] ?? problems[field];
  const tagged = { ...fallbacksOf(draft, language), language };
  const subject = (
    <TaggedField
      label="Subject"
      value={mail.subject}
      error={error("subject")}
      placeholder="Your policy is due for renewal"
      aside={
        mail.subject.length > 60 && `${formatCount(mail.subject.length)} of ${formatCount(limits.subject)}`
      }
      onChange={(words) => write({ subject: words })}
      {...tagged}
    />
  );
  if (subjectOnly)
    return (
      <div className="flex flex-col gap-2">
        {subject}
        <p className="text-muted text-sm">Everything else is as in variant A, also what is changed there.</p>
      </div>
    );
  return (
    <div className="flex flex-col gap-5">
      <SenderField senderName={fields.senderName} onChange={(senderName) => change({ senderName })} />
      {subject}
      <TaggedField
        label="Preheader"
        optional
        value={mail.preheader}
        error={error("preheader")}
        placeholder="Renew in two minutes and keep your cover"
        help="Follows the subject in the mailbox. Without it, the first words of the message stand there."
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
      <Attachments
        attachments={fields.attachments}
        problem={problems.attachments}
        onChange={(attachments) => change({ attachments })}
      />
    </div>
  );
}
