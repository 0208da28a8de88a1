"use client";

import { useQuery } from "@tanstack/react-query";
import { FileField } from "@/components/files/file-field";
import { Combobox } from "@/components/ui/combobox";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { WhatsAppBody } from "@/server/campaigns/content";
import { type CampaignCategory, purposeOf } from "@/server/campaigns/status";
import type { WhatsAppTemplateParts } from "@/server/channels/schemas";
import { useTRPC } from "@/server/trpc/react";
import { FilledWords } from "./filled-words";
import { languageName } from "./languages";
import type { Fallbacks } from "./tag-menu";
import { TaggedField } from "./tagged-field";

type TemplateFieldsProps = Fallbacks & {
  body: WhatsAppBody;
  write: (patch: Partial<WhatsAppBody>) => void;
  category: CampaignCategory;
  language: string;
  problems: Record<string, string | undefined>;
};

/** Picks an approved template of the right category, and fills what it leaves open. */
export function TemplateFields({
  body,
  write,
  category,
  language,
  problems,
  ...tagged
}: TemplateFieldsProps) {
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
  const ofLanguage = (line: { language: string }) => line.language.split("_")[0] === language.split("-")[0];
  const offered = templates.data
    .filter((line) => line.approval === "approved" && line.category === wanted)
    .toSorted((one, other) => Number(ofLanguage(other)) - Number(ofLanguage(one)));
  const chosen = templates.data.find(({ id }) => id === body.templateId);
  if (templates.data.length === 0)
    return (
      <EmptyState title="No templates yet" className="rounded-md border border-line">
        WhatsApp delivers only templates that it has approved. Write one and submit it under Settings →
        Channels.
      </EmptyState>
    );
  const places = chosen ? placesIn(chosen.parts) : 0;
  const links =
    chosen?.parts.buttons.filter((button) => button.kind === "url" && button.url.includes("{{1}}")) ?? [];
  const header = chosen?.parts.header?.kind;
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
      {chosen && <TemplateWords parts={chosen.parts} language={chosen.language} variables={body.variables} />}
      {header && header !== "text" && (
        <FileField
          label={
            header === "image"
              ? "Picture at its head"
              : header === "video"
                ? "Video at its head"
                : "Document at its head"
          }
          kind={header}
          fileId={body.headerFileId}
          error={problems.headerFileId}
          onChange={(headerFileId) => write({ headerFileId })}
        />
      )}
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
          language={language}
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

const PLACE = /\{\{\s*(\d+)\s*\}\}/g;

const placesIn = ({ body }: WhatsAppTemplateParts): number =>
  Math.max(0, ...[...body.matchAll(PLACE)].map(([, number]) => Number(number)));

/** The approved words, with what stands in each place. */
function TemplateWords({
  parts,
  language,
  variables,
}: {
  parts: WhatsAppTemplateParts;
  language: string;
  variables: readonly string[];
}) {
  const numbers = [...parts.body.matchAll(PLACE)].map(([, number]) => Number(number));
  return (
    <FilledWords
      language={language.replace("_", "-")}
      words={parts.body.split(/\{\{\s*\d+\s*\}\}/)}
      fills={numbers.map((number) => variables[number - 1] || `{{${number}}}`)}
    />
  );
}
