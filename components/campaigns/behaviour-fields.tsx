"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Audience } from "@/server/campaigns/schemas";

type BehaviourFieldsProps = {
  audience: Audience;
  errors: Record<string, string | undefined>;
  onChange: (audience: Audience) => void;
};

const rules = [
  {
    key: "minEngagement",
    label: "Engagement score of at least",
    help: "From 1 to 100. Empty: any score.",
    suffix: "",
  },
  {
    key: "recentDays",
    label: "Heard from in the last",
    help: "Opened, clicked, wrote, or an event of theirs came in.",
    suffix: "days",
  },
  {
    key: "quietDays",
    label: "Not heard from for",
    help: "No open, click, answer or event in that time.",
    suffix: "days",
  },
] as const;

/** Narrows any audience by what customers did. */
export function BehaviourFields({ audience, errors, onChange }: BehaviourFieldsProps) {
  const set = (key: (typeof rules)[number]["key"], typed: string) => {
    const { [key]: _, ...rest } = audience;
    onChange((typed === "" ? rest : { ...rest, [key]: Number(typed) }) as Audience);
  };
  return (
    <fieldset className="grid gap-5 sm:grid-cols-2">
      <legend className="mb-2 font-medium text-sm">Only customers with this behaviour</legend>
      {rules.map(({ key, label, help, suffix }) => (
        <Field key={key} label={label} optional help={help} error={errors[`audience.${key}`] ?? null}>
          <Input
            type="number"
            min={1}
            inputMode="numeric"
            suffix={suffix || undefined}
            value={audience[key] ?? ""}
            onChange={(event) => set(key, event.target.value)}
          />
        </Field>
      ))}
    </fieldset>
  );
}
