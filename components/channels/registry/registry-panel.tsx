"use client";

import { Fragment } from "react";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { RegistryLine } from "@/server/channels/registry/list-registry";
import { useTRPCClient } from "@/server/trpc/react";
import { dltCategoryLabels, dltStatusLooks, placeLabels } from "./registry-words";

const providerIdForm = z.object({ providerId: z.string().trim().max(80, "At most 80 characters.") });

type RegistryPanelProps = { line: RegistryLine; mayEdit: boolean };

/** One registered text: its words with their places, and the ids that travel with it. */
export function RegistryPanel({ line, mayEdit }: RegistryPanelProps) {
  return (
    <SidePanel title={line.name} status={<StatusBadge {...dltStatusLooks[line.status]} />}>
      <div className="flex flex-col gap-5">
        <p className="whitespace-pre-wrap break-words rounded-md bg-subtle px-3 py-2.5">
          <MarkedText text={line.text} />
        </p>
        {line.places.length > 0 && (
          <section>
            <h3 className="mb-1 text-muted text-sm">What may stand in its places</h3>
            <ol className="flex flex-col gap-0.5 text-sm">
              {line.places.map((type, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the places have no names, only an order
                <li key={index} className="flex gap-2">
                  <span className="w-5 shrink-0 text-faint tabular-nums">{index + 1}</span>
                  <code className="font-mono text-xs leading-5">{`{#${type}#}`}</code>
                  <span className="text-muted">{placeLabels[type] ?? type}</span>
                </li>
              ))}
            </ol>
          </section>
        )}
        <DescriptionList
          items={[
            { term: "Header", value: <span className="font-mono">{line.header}</span> },
            { term: "Template id", value: <span className="font-mono">{line.templateId}</span> },
            { term: "Entity id", value: <span className="font-mono">{line.entityId}</span> },
            { term: "Type", value: dltCategoryLabels[line.category] },
            { term: "Language", value: line.language },
          ]}
        />
        {mayEdit && <ProviderId line={line} />}
      </div>
    </SidePanel>
  );
}

/** The text with its places set apart. */
function MarkedText({ text }: { text: string }) {
  return text.split(/(\{#[a-z]+#\})/gi).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never change their order
    <Fragment key={index}>
      {part.startsWith("{#") ? (
        <mark className="rounded-sm bg-accent-soft px-0.5 text-accent-ink">{part}</mark>
      ) : (
        part
      )}
    </Fragment>
  ));
}

function ProviderId({ line }: { line: RegistryLine }) {
  const client = useTRPCClient();
  const form = useForm({
    schema: providerIdForm,
    initial: { providerId: line.providerId ?? "" },
    submit: async ({ providerId }) => {
      await client.channels.setProviderId.mutate({ registrationId: line.id, providerId });
      toast.success("Saved");
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <Field
        label="MSG91's own id of it"
        optional
        help="MSG91 panel › SMS › Templates › Template ID. Empty where it is known there by its DLT id."
        error={form.errors.providerId}
      >
        <div className="flex gap-2">
          <Input
            className="font-mono"
            autoComplete="off"
            value={form.values.providerId}
            onChange={(event) => form.set("providerId", event.target.value)}
          />
          <Button type="submit" loading={form.pending} disabled={!form.changed}>
            Save
          </Button>
        </div>
      </Field>
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
    </form>
  );
}
