"use client";

import { useId } from "react";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import type { Trigger } from "@/server/automations/schemas";
import type { Choices } from "./use-choices";

type TriggerFieldsProps = {
  trigger: Trigger;
  /** Where it stands in the draft, for its errors. */
  at: string;
  choices: Choices;
  errors: Record<string, string | undefined>;
  onChange: (trigger: Trigger) => void;
};

const dayLabels = {
  renewal: "Days before",
  premium_due: "Days before",
  overdue: "Days after",
  lapsed: "Days after",
  inactive: "Days without a word",
} as const;

const scores = Array.from({ length: 19 }, (_, nth) => String((nth + 1) * 5)).map((value) => ({
  value,
  label: value,
}));

/** The figures of a trigger; those that a day alone brings about have none. */
export function TriggerFields({ trigger, at, choices, errors, onChange }: TriggerFieldsProps) {
  const list = useId();
  switch (trigger.on) {
    case "renewal":
    case "premium_due":
    case "overdue":
    case "lapsed":
    case "inactive":
      return (
        <Field label={dayLabels[trigger.on]} error={errors[`${at}.days`] ?? null} className="max-w-40">
          <Input
            type="number"
            min={0}
            max={365}
            value={Number.isNaN(trigger.days) ? "" : trigger.days}
            onChange={(event) => onChange({ ...trigger, days: event.target.valueAsNumber })}
          />
        </Field>
      );
    case "event":
      return (
        <Field
          label="Event"
          help="As the system that sends it names it."
          error={errors[`${at}.name`] ?? null}
          className="max-w-72"
        >
          <Input
            value={trigger.name}
            list={list}
            onChange={(event) => onChange({ ...trigger, name: event.target.value })}
          />
          <datalist id={list}>
            {choices.events.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </Field>
      );
    case "score":
      return (
        <div className="flex flex-wrap items-end gap-3">
          <SegmentedControl
            label="Direction"
            value={trigger.direction}
            options={[
              { value: "rises", label: "Rises to" },
              { value: "falls", label: "Falls below" },
            ]}
            onValueChange={(direction) => onChange({ ...trigger, direction })}
          />
          <Select
            label="Score"
            className="w-20"
            value={String(trigger.score)}
            options={scores}
            onValueChange={(score) => onChange({ ...trigger, score: Number(score) })}
          />
        </div>
      );
    case "segment":
      return (
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label="Segment">
            <Combobox
              options={choices.segments}
              value={trigger.segment || null}
              onValueChange={(segment) => onChange({ ...trigger, segment: segment ?? "" })}
              placeholder="Choose a segment"
              searchLabel="Find a segment"
            />
          </Field>
          <div className="self-end">
            <SegmentedControl
              label="Change"
              value={trigger.change}
              options={[
                { value: "entered", label: "Enters" },
                { value: "left", label: "Leaves" },
              ]}
              onValueChange={(change) => onChange({ ...trigger, change })}
            />
          </div>
          <p className="text-muted text-sm sm:col-span-2">
            Counted from when the campaign is switched on. Whom a change of the segment’s own rule brings in
            or out does not enter.
          </p>
        </div>
      );
    default:
      return null;
  }
}
