"use client";

import { Braces } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { type TemplatePart, type TemplateProblem, variablesOf } from "@/server/channels/content";
import type { WhatsAppTemplateParts } from "@/server/channels/schemas";
import { TemplateButtons } from "./template-buttons";

const LONGEST = { header: 60, body: 1_024, footer: 60 } as const;

type TemplateFieldsProps = {
  parts: WhatsAppTemplateParts;
  problems: readonly TemplateProblem[];
  /** What the form itself refuses. */
  error?: string;
  onChange: (parts: WhatsAppTemplateParts) => void;
};

/** Heading, message, samples, footer and buttons. */
export function TemplateFields({ parts, problems, error, onChange }: TemplateFieldsProps) {
  const change = (patch: Partial<WhatsAppTemplateParts>) => onChange({ ...parts, ...patch });
  const of = (part: TemplatePart) => problems.find((problem) => problem.part === part)?.message;
  const numbers = variablesOf(parts.body);
  const samples = parts.samples ?? [];
  const media = parts.header !== null && parts.header.kind !== "text";
  return (
    <>
      {media ? (
        <Notice title="It has a picture, video or document above the words">
          Meta keeps a sample of it; change that part in WhatsApp Manager, then sync.
        </Notice>
      ) : (
        <Field
          label="Heading"
          optional
          error={of("header")}
          aside={`${parts.header?.kind === "text" ? parts.header.text.length : 0} of ${LONGEST.header}`}
        >
          <Input
            autoComplete="off"
            maxLength={LONGEST.header}
            value={parts.header?.kind === "text" ? parts.header.text : ""}
            onChange={({ target: { value } }) =>
              change({ header: value === "" ? null : { kind: "text", text: value } })
            }
          />
        </Field>
      )}
      <Field
        label="Message"
        error={of("body") ?? error}
        help="*bold*, _italic_ and ~struck~ work. A variable is filled for each customer."
        aside={`${parts.body.length} of ${LONGEST.body}`}
      >
        <Textarea
          rows={7}
          maxLength={LONGEST.body}
          placeholder="Dear {{1}}, your policy {{2}} is due on {{3}}. Pay in a minute with the button below."
          value={parts.body}
          onChange={(event) => change({ body: event.target.value })}
        />
      </Field>
      <div className="-mt-3">
        <Button
          size="sm"
          variant="ghost"
          icon={<Braces aria-hidden />}
          onClick={() => change({ body: `${parts.body}{{${(numbers.at(-1) ?? 0) + 1}}}` })}
        >
          Add variable {`{{${(numbers.at(-1) ?? 0) + 1}}}`}
        </Button>
      </div>
      {numbers.length > 0 && (
        <fieldset className="flex flex-col gap-3 rounded-md border border-line px-4 py-3">
          <legend className="px-1 font-medium text-sm">Samples</legend>
          <p className="text-muted text-sm">
            Meta looks at the message with these. Do not use a real customer's.
          </p>
          <div className="grid gap-3 sm:grid-cols-2">
            {numbers.map((number) => (
              <Field key={number} label={`{{${number}}}`}>
                <Input
                  autoComplete="off"
                  maxLength={200}
                  placeholder={number === 1 ? "Asha" : undefined}
                  value={samples[number - 1] ?? ""}
                  onChange={(event) =>
                    change({
                      samples: Array.from({ length: Math.max(samples.length, number) }, (_, at) =>
                        at === number - 1 ? event.target.value : (samples[at] ?? ""),
                      ),
                    })
                  }
                />
              </Field>
            ))}
          </div>
          {of("samples") && <p className="text-attention text-xs">{of("samples")}</p>}
        </fieldset>
      )}
      <Field
        label="Footer"
        optional
        error={of("footer")}
        help="Small words below the message: “Reply STOP to opt out”."
        aside={`${parts.footer?.length ?? 0} of ${LONGEST.footer}`}
      >
        <Input
          autoComplete="off"
          maxLength={LONGEST.footer}
          value={parts.footer ?? ""}
          onChange={({ target: { value } }) => change({ footer: value === "" ? null : value })}
        />
      </Field>
      <TemplateButtons
        buttons={parts.buttons}
        problem={of("buttons")}
        onChange={(buttons) => change({ buttons })}
      />
    </>
  );
}
