"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { purposeOf } from "@/server/campaigns/status";
import { useTRPC } from "@/server/trpc/react";
import { type EditorProps, fallbacksOf } from "./editor-props";
import { languageName } from "./languages";
import { TaggedField } from "./tagged-field";
import { bodyAt, withBody } from "./use-place";

const ways = [
  { value: "template", label: "Approved template" },
  { value: "free", label: "Free text" },
] as const;

/** A WhatsApp message: an approved template with its variables filled, or free text for those who wrote today. */
export function WhatsAppEditor({ draft, language, problems }: EditorProps) {
  const { fields, change, errors } = draft;
  const body = bodyAt(fields.bodies, "whatsapp", language);
  const [way, setWay] = useState<"template" | "free">(
    body.templateId === null && body.text !== "" ? "free" : "template",
  );
  const write = (patch: Partial<typeof body>) =>
    change({ bodies: withBody(fields.bodies, { channel: "whatsapp", language }, patch) });
  const tagged = { ...fallbacksOf(draft, language), language };
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label="Kind of message"
        value={way}
        options={ways}
        onValueChange={(next) => {
          setWay(next);
          if (next === "free") write({ templateId: null, variables: [], buttonUrls: [], headerFileId: null });
        }}
      />
      {way === "template" ? (
        <TemplateFields
          body={body}
          write={write}
          category={fields.category}
          problems={problems}
          {...tagged}
        />
      ) : (
        <>
          <Notice tone="attention" title="Only for customers who wrote to you in the last 24 hours">
            WhatsApp opens a window of 24 hours with each message of a customer. Outside it only approved
            templates are delivered: everybody else is left out.
          </Notice>
          <TaggedField
            label="Text"
            rows={6}
            value={body.text}
            error={errors[`bodies.whatsapp.${language}.text`] ?? problems.text ?? problems.templateId}
            placeholder="Thank you for your message, {{customer_name}}."
            onChange={(text) => write({ text })}
            {...tagged}
          />
        </>
      )}
    </div>
  );
}

type TemplateFieldsProps = Omit<Parameters<typeof TaggedField>[0], "label" | "value" | "onChange"> & {
  body: ReturnType<typeof bodyAt<"whatsapp">>;
  write: (patch: Partial<ReturnType<typeof bodyAt<"whatsapp">>>) => void;
  category: EditorProps["draft"]["fields"]["category"];
  problems: EditorProps["problems"];
};

function TemplateFields({ body, write, category, problems, ...tagged }: TemplateFieldsProps) {
  const trpc = useTRPC();
  const templates = useQuery(trpc.channels.templates.queryOptions());
  if (templates.isPending) return <Skeleton className="h-32" />;
  if (templates.isError)
    return (
      <Notice tone="danger" title="The templates could not be read">
        {templates.error.message}
      </Notice>
    );
  const wanted = purposeOf(category) === "promotional" ? "marketing" : "utility";
  const offered = templates.data.filter((line) => line.approval === "approved" && line.category === wanted);
  const chosen = templates.data.find(({ id }) => id === body.templateId);
  const places = chosen
    ? Math.max(0, ...[...chosen.parts.body.matchAll(/\{\{\s*(\d+)\s*\}\}/g)].map(([, n]) => Number(n)))
    : 0;
  const links =
    chosen?.parts.buttons.filter((button) => button.kind === "url" && button.url.includes("{{1}}")) ?? [];
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Template"
        error={problems.templateId}
        help={
          offered.length === 0
            ? `No ${wanted} template is approved yet.`
            : `Approved ${wanted} templates: this campaign ${wanted === "marketing" ? "promotes" : "is a service message"}.`
        }
      >
        <Combobox
          options={offered.map((line) => ({
            value: line.id,
            label: line.name,
            description: `${languageName(line.language.replace("_", "-"))} · ${line.parts.body}`,
          }))}
          value={body.templateId}
          searchLabel="Find a template"
          placeholder="Choose a template"
          onValueChange={(templateId) =>
            write({ templateId, variables: [], buttonUrls: [], headerFileId: null, text: "" })
          }
        />
      </Field>
      {Array.from({ length: places }, (_, nth) => (
        <TaggedField
          // biome-ignore lint/suspicious/noArrayIndexKey: a variable is its number
          key={nth}
          label={`Variable {{${nth + 1}}}`}
          value={body.variables[nth] ?? ""}
          error={problems[`variables.${nth}`]}
          onChange={(value) =>
            write({
              variables: Array.from({ length: places }, (_, at) =>
                at === nth ? value : (body.variables[at] ?? ""),
              ),
            })
          }
          {...tagged}
        />
      ))}
      {links.map((button, nth) => (
        <Field
          key={button.label}
          label={`Where “${button.label}” leads`}
          error={problems[`buttonUrls.${nth}`]}
        >
          <Input
            type="url"
            value={body.buttonUrls[nth] ?? ""}
            placeholder="https://"
            onChange={(event) =>
              write({
                buttonUrls: links.map((_, at) =>
                  at === nth ? event.target.value : (body.buttonUrls[at] ?? ""),
                ),
              })
            }
          />
        </Field>
      ))}
    </div>
  );
}
