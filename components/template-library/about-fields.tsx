"use client";

import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import {
  type CampaignCategory,
  type CampaignGoal,
  type CampaignType,
  campaignCategories,
  campaignGoals,
  campaignTypes,
  categories,
  goalLabels,
  typeLabels,
} from "@/server/campaigns/status";
import type { TemplateDraft } from "./use-template-draft";

/** Name, description, and what a template is for. */
export function AboutFields({ draft }: { draft: TemplateDraft }) {
  const { fields, errors, change } = draft;
  return (
    <section aria-label="About" className="flex min-w-0 flex-col gap-4">
      <Field label="Name" error={errors.name}>
        <Input value={fields.name} onChange={(event) => change({ name: event.target.value })} />
      </Field>
      <Field label="Description" optional error={errors.description}>
        <Textarea
          rows={3}
          value={fields.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      <Field
        label="Category"
        help={
          categories[fields.category].purpose === "service"
            ? "A service message: follows from the customer’s own policy."
            : "Promotion: goes only to those who agreed to it."
        }
      >
        <Combobox
          value={fields.category}
          searchLabel="Find a category"
          options={campaignCategories.map((value) => ({ value, label: categories[value].label }))}
          onValueChange={(value) => value && change({ category: value as CampaignCategory })}
        />
      </Field>
      <Field label="Goal">
        <Select
          value={fields.goal}
          options={campaignGoals.map((value) => ({ value, label: goalLabels[value].label }))}
          onValueChange={(value) => change({ goal: value as CampaignGoal })}
        />
      </Field>
      <Field label="Type">
        <Select
          value={fields.type}
          options={campaignTypes.map((value) => ({ value, label: typeLabels[value].label }))}
          onValueChange={(value) => change({ type: value as CampaignType })}
        />
      </Field>
    </section>
  );
}
