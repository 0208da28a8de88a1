"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { Combobox } from "@/components/ui/combobox";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { SmsBody } from "@/server/campaigns/content";
import { type CampaignCategory, purposeOf } from "@/server/campaigns/status";
import type { RegistryLine } from "@/server/channels/registry/list-registry";
import { useTRPC } from "@/server/trpc/react";
import { FilledWords } from "./filled-words";
import { languageName } from "./languages";
import type { Fallbacks } from "./tag-menu";
import { TaggedField } from "./tagged-field";

type RegisteredTextProps = Fallbacks & {
  body: SmsBody;
  category: CampaignCategory;
  language: string;
  write: (patch: Partial<SmsBody>) => void;
  problems: Record<string, string | undefined>;
  meter: (text: string) => ReactNode;
};

const kinds: Record<string, string> = {
  var: "any words, up to 30 characters",
  alphanumeric: "letters and figures, up to 30 characters",
  numeric: "figures only, up to 30 characters",
  cbn: "a phone number, up to 16 characters",
  email: "an e-mail address",
  url: "a link",
  urlott: "a link",
};

/** Picks a text of the DLT registry and fills its typed places; the words between them stay as they are registered. */
export function RegisteredText({
  body,
  category,
  write,
  problems,
  meter,
  language,
  ...tagged
}: RegisteredTextProps) {
  const trpc = useTRPC();
  const registry = useQuery(trpc.channels.registry.queryOptions());
  const promotional = purposeOf(category) === "promotional";
  const offered = useMemo(
    () => (registry.data ?? []).filter((line) => line.status === "active" && fits(line, promotional)),
    [registry.data, promotional],
  );
  if (registry.isPending) return <Skeleton className="h-32" />;
  if (registry.isError)
    return (
      <Notice tone="danger" title="The registry could not be read">
        {registry.error.message}
      </Notice>
    );
  const chosen = registry.data.find(({ id }) => id === body.dltTemplateId);
  if (registry.data.length === 0)
    return (
      <EmptyState title="No registered texts yet" className="rounded-md border border-line">
        An SMS to an Indian number must be registered with the operators. An administrator imports the
        registry under Settings → Channels.
      </EmptyState>
    );
  const choose = (id: string | null) => {
    const line = offered.find((each) => each.id === id);
    // What was filled stays where the places are the same kind.
    const variables = (line?.places ?? []).map((kind, nth) =>
      chosen?.places[nth] === kind ? (body.variables[nth] ?? "") : "",
    );
    write({ dltTemplateId: line?.id ?? null, variables, text: "" });
  };
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Registered text"
        error={problems.dltTemplateId ?? problems.text}
        help={`Texts that are registered for ${promotional ? "promotion" : "service messages"}.`}
      >
        <Combobox
          options={offered.map((line) => ({
            value: line.id,
            label: line.name,
            description: `${line.header} · ${languageName(line.language)} · ${line.text}`,
          }))}
          value={body.dltTemplateId}
          searchLabel="Find a registered text"
          placeholder="Choose a text"
          onValueChange={choose}
        />
      </Field>
      {chosen && (
        <>
          <FilledWords
            language={chosen.language}
            words={chosen.text.split(PLACE)}
            fills={chosen.places.map((_, nth) => body.variables[nth] || `place ${nth + 1}`)}
          />
          {chosen.places.map((kind, nth) => (
            <TaggedField
              // biome-ignore lint/suspicious/noArrayIndexKey: a place of a registered text is its number
              key={`${chosen.id} ${nth}`}
              label={`Place ${nth + 1}`}
              help={`Takes ${kinds[kind] ?? kinds.var}.`}
              value={body.variables[nth] ?? ""}
              error={problems[`variables.${nth}`]}
              language={language}
              onChange={(value) =>
                write({
                  variables: chosen.places.map((_, at) => (at === nth ? value : (body.variables[at] ?? ""))),
                })
              }
              {...tagged}
            />
          ))}
          {meter(filled(chosen, body.variables))}
          <p className="text-faint text-xs">
            Header {chosen.header} · template {chosen.templateId} · entity {chosen.entityId}
          </p>
        </>
      )}
    </div>
  );
}

/** A promotional text cannot carry service messages, nor the other way round. */
function fits({ category }: RegistryLine, promotional: boolean): boolean {
  return promotional
    ? category === "promotional" || category === "service_explicit"
    : category !== "promotional";
}

const PLACE = /\{#\s*[a-z]+\s*#\}/gi;

const filled = ({ text }: RegistryLine, variables: readonly string[]): string => {
  let nth = 0;
  return text.replace(PLACE, () => variables[nth++] ?? "");
};
