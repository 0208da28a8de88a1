"use client";

import { AttributeFields } from "@/components/customers/attribute-fields";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Step } from "@/server/automations/schemas";
import { requestTypes, urgencies } from "@/server/callbacks/status";
import type { Choices } from "./use-choices";

type Kind = "set_attribute" | "callback" | "notify";
type ActFieldsProps = {
  step: Extract<Step, { do: Kind }>;
  choices: Choices;
  error: (field: string) => string | null;
  onChange: (step: Step) => void;
};

const labelled = (of: Record<string, { label: string }>) =>
  Object.entries(of).map(([value, { label }]) => ({ value, label }));

/** What a step does besides sending: an attribute and its value, a call and what it is about, a word to the owner. */
export function ActFields({ step, choices, error, onChange }: ActFieldsProps) {
  const row = "flex flex-wrap items-start gap-3 px-3 pb-3";
  if (step.do === "notify")
    return (
      <div className="px-3 pb-3">
        <Field label="What the owner reads" error={error("text")}>
          <Input value={step.text} onChange={(event) => onChange({ ...step, text: event.target.value })} />
        </Field>
      </div>
    );
  if (step.do === "set_attribute") {
    const definition = choices.attributes.find(({ key }) => key === step.key);
    return (
      <div className={row}>
        <Field label="Attribute" error={error("key")} className="w-56">
          <Select
            value={step.key}
            placeholder="Choose an attribute"
            options={choices.attributes.map(({ key, label }) => ({ value: key, label }))}
            onValueChange={(key) => onChange({ ...step, key, value: "" })}
          />
        </Field>
        {definition && (
          <AttributeFields
            definitions={[
              { ...definition, label: "Value", description: "Left empty, the value is taken away." },
            ]}
            values={{ [step.key]: step.value }}
            onChange={(values) => onChange({ ...step, value: values[step.key] ?? "" })}
          />
        )}
      </div>
    );
  }
  return (
    <div className={row}>
      <Field label="About" error={error("about")} className="w-52">
        <Select
          value={step.about}
          options={labelled(requestTypes)}
          onValueChange={(about) => onChange({ ...step, about })}
        />
      </Field>
      <Field label="Urgency" className="w-36">
        <Select
          value={step.urgency}
          options={Object.entries(urgencies).map(([value, { label }]) => ({
            value: value as typeof step.urgency,
            label,
          }))}
          onValueChange={(urgency) => onChange({ ...step, urgency })}
        />
      </Field>
      <Field label="What the agent reads" optional error={error("text")} className="min-w-64 flex-1">
        <Input value={step.text} onChange={(event) => onChange({ ...step, text: event.target.value })} />
      </Field>
    </div>
  );
}
