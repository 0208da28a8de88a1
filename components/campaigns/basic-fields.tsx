"use client";

import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { type DraftFields, limits } from "@/server/campaigns/schemas";
import {
  campaignCategories,
  campaignGoals,
  campaignTypes,
  categories,
  goalLabels,
  type Purpose,
  purposeOf,
  typeLabels,
} from "@/server/campaigns/status";

type Basics = Pick<DraftFields, "name" | "type" | "goal" | "category" | "description">;

type BasicFieldsProps = {
  values: Basics;
  errors: Partial<Record<keyof Basics, string>>;
  onChange: (patch: Partial<Basics>) => void;
  onLeave?: (field: keyof Basics) => () => void;
  /** What it began with: of a promotional one it stays promotional. */
  template?: { name: string; purpose: Purpose } | null;
};

const purposeWords = {
  service: "A service message: the contract calls for it, so it needs no consent to promotion.",
  promotional:
    "A promotional message: only customers who agreed to promotion get it, each with an unsubscribe link.",
} as const;

/** What a campaign is and is for; the same fields when it is made and when it is edited. */
export function BasicFields({ values, errors, onChange, onLeave, template }: BasicFieldsProps) {
  const purpose = purposeOf(values.category);
  const bound = purpose === "promotional" && template?.purpose === "promotional" ? template : null;
  const choices = campaignCategories.filter((value) => !bound || purposeOf(value) === "promotional");
  const left = values.name.length > limits.name - 30 ? `${limits.name - values.name.length} left` : undefined;
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <Field label="Name" help="Only your team sees it." error={errors.name} aside={left}>
        <Input
          value={values.name}
          placeholder="Renewal drive, December"
          onBlur={onLeave?.("name")}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Type" help={typeLabels[values.type].hint}>
          <Select
            value={values.type}
            options={campaignTypes.map((value) => ({ value, label: typeLabels[value].label }))}
            onValueChange={(type) => onChange({ type })}
          />
        </Field>
        <Field label="Goal" help={goalLabels[values.goal].hint}>
          <Select
            value={values.goal}
            options={campaignGoals.map((value) => ({ value, label: goalLabels[value].label }))}
            onValueChange={(goal) => onChange({ goal })}
          />
        </Field>
      </div>
      <Field
        label="Category"
        help={`${purposeWords[purpose]}${bound ? ` It began with the promotional template “${bound.name}”, so it stays promotional.` : ""}`}
        error={errors.category}
      >
        <Combobox
          value={values.category}
          searchLabel="Find a category"
          options={choices.map((value) => ({
            value,
            label: categories[value].label,
            description: categories[value].purpose === "service" ? "Service" : "Promotional",
          }))}
          onValueChange={(chosen) => {
            const category = campaignCategories.find((value) => value === chosen);
            if (category) onChange({ category });
          }}
        />
      </Field>
      <Field label="Description" optional error={errors.description}>
        <Textarea
          rows={3}
          value={values.description}
          onBlur={onLeave?.("description")}
          onChange={(event) => onChange({ description: event.target.value })}
        />
      </Field>
    </div>
  );
}
