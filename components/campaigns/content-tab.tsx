"use client";

import { useRef } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import type { EmailBody } from "@/server/campaigns/content";
import { limits } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import { FallbackFields } from "./fallback-fields";
import { InsertBar } from "./insert-bar";
import { MessagePreview } from "./message-preview";
import type { Draft } from "./use-draft";
import { usePreview } from "./use-preview";

/** Subject and body with tags, and beside them the message as a customer reads it. */
export function ContentTab({ draft, company }: { draft: Draft; company: string }) {
  const { fields, errors, change } = draft;
  const language = fields.languages[0] ?? "en";
  const mail = fields.bodies.email?.[language] ?? { subject: "", preheader: "", body: "" };
  const write = (patch: Partial<EmailBody>) =>
    change({
      bodies: {
        ...fields.bodies,
        email: { ...fields.bodies.email, [language]: { ...mail, ...patch } },
      },
    });
  const problem = (field: keyof EmailBody) => errors[`bodies.email.${language}.${field}`];
  const preview = usePreview(fields);
  const subject = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTextAreaElement>(null);
  // Tags go where the cursor was last.
  const last = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const remember = (event: React.FocusEvent<HTMLInputElement | HTMLTextAreaElement>) => {
    last.current = event.currentTarget;
  };
  const problems = preview.data?.problems ?? [];
  return (
    <div className="@container">
      <div className="grid gap-x-8 gap-y-6 @3xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-5">
          <Field
            label="Subject"
            error={problem("subject")}
            aside={`${formatCount(mail.subject.length)} of ${formatCount(limits.subject)}`}
          >
            <Input
              ref={subject}
              value={mail.subject}
              placeholder="Your policy is due for renewal"
              onFocus={remember}
              onChange={(event) => write({ subject: event.target.value })}
            />
          </Field>
          <div className="flex flex-col gap-2">
            <Field
              label="Message"
              error={problem("body")}
              help="An empty line begins a new paragraph. A link alone in its paragraph becomes a button."
            >
              <Textarea
                ref={body}
                rows={14}
                value={typeof mail.body === "string" ? mail.body : ""}
                disabled={typeof mail.body !== "string"}
                placeholder={"Dear {{customer_name}},\n\nWrite as you would to one person."}
                onFocus={remember}
                onChange={(event) => write({ body: event.target.value })}
                className="max-h-[60vh] min-h-64"
              />
            </Field>
            <InsertBar target={() => last.current ?? body.current} />
          </div>
          {problems.length > 0 && (
            <Notice tone="danger" title="Mend this before the launch">
              <ul className="flex flex-col gap-1">
                {problems.map(({ message }) => (
                  <li key={message}>{message}</li>
                ))}
              </ul>
            </Notice>
          )}
          <FallbackFields
            used={preview.data?.tags ?? []}
            required={preview.data?.requiredTags ?? []}
            fallbacks={fields.fallbacks}
            onChange={(fallbacks) => change({ fallbacks })}
          />
        </div>
        <MessagePreview preview={preview} company={company} />
      </div>
    </div>
  );
}
