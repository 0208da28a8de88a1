"use client";

import { useQuery } from "@tanstack/react-query";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { useTRPC } from "@/server/trpc/react";
import { BasicFields } from "./basic-fields";
import { GoalFields } from "./goal-fields";
import type { Draft } from "./use-draft";

/** What a campaign is, whose it is, and the days on which it may send. */
export function BasicTab({ draft }: { draft: Draft }) {
  const { fields, errors, change } = draft;
  const trpc = useTRPC();
  const { data } = useQuery(trpc.campaigns.filters.queryOptions());
  const mayHandOver = data?.owners.some(({ id }) => id === fields.ownerId) ?? false;
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <BasicFields values={fields} errors={errors} onChange={change} template={draft.stored.template} />
      <GoalFields draft={draft} events={data?.events ?? []} />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="First day" optional help="Nothing is sent before it." error={errors.startsOn}>
          <Input
            type="date"
            value={fields.startsOn ?? ""}
            onChange={(event) => change({ startsOn: event.target.value || null })}
          />
        </Field>
        <Field
          label="Last day"
          optional
          help="What has not gone by its end is not sent."
          error={
            fields.startsOn && fields.endsOn && fields.endsOn < fields.startsOn
              ? "The last day is before the first."
              : errors.endsOn
          }
        >
          <Input
            type="date"
            value={fields.endsOn ?? ""}
            onChange={(event) => change({ endsOn: event.target.value || null })}
          />
        </Field>
      </div>
      <Field label="Tags" optional help="Words to find it by in the list." error={errors.tags}>
        <MultiCombobox
          options={(data?.tags ?? []).map((tag) => ({ value: tag, label: tag }))}
          values={fields.tags}
          onValuesChange={(tags) =>
            change({ tags: tags.map((tag) => tag.trim().toLowerCase()).filter(Boolean) })
          }
          placeholder="No tags"
          searchLabel="Find or write a tag"
          allowOther
        />
      </Field>
      {mayHandOver && (
        <Field label="Owner" help="Who answers for it, and hears of approvals and of what did not go.">
          <Combobox
            value={fields.ownerId}
            searchLabel="Find a person"
            options={(data?.owners ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            onValueChange={(ownerId) => ownerId && change({ ownerId })}
          />
        </Field>
      )}
    </div>
  );
}
