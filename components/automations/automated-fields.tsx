"use client";

import { fallbacksOf } from "@/components/campaigns/content/editor-props";
import type { Draft } from "@/components/campaigns/use-draft";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Automated, isDateTrigger } from "@/server/automations/schemas";
import { EntriesPreview } from "./entries-preview";
import { PlayThrough } from "./play-through";
import { StepList } from "./step-list";
import { TriggerList } from "./trigger-list";

type AutomatedFieldsProps = { draft: Draft; schedule: Automated; zone: string };

const HOW_TO_LIST =
  "Put the tag “All policies due, as a list” into the message. Other policy tags speak of the first one.";
const EACH_ALL_THE_SAME = "Choose at least 1 hour above: with 0 hours, each policy brings its own message.";

/** When an automated campaign's messages go: its triggers, their hour, how often the same customer, what follows, and looks at it. */
export function AutomatedFields({ draft, schedule, zone }: AutomatedFieldsProps) {
  const { fields, errors, change } = draft;
  const [language = "en"] = fields.languages;
  const onChange = (next: Automated) => change({ schedule: next });
  const set = (patch: Partial<Automated>) => onChange({ ...schedule, ...patch });
  const { triggers, againHours, eachPolicy } = schedule;
  return (
    <>
      <TriggerList triggers={triggers} errors={errors} onChange={(next) => set({ triggers: next })} />
      {triggers.some(isDateTrigger) && (
        <div className="grid gap-5 sm:grid-cols-2">
          <Field label="Time of day" help="For triggers that a day brings about; the others go at once.">
            <Input
              type="time"
              value={schedule.time}
              onChange={(event) => event.target.value && set({ time: event.target.value.slice(0, 5) })}
            />
          </Field>
          <Field label="On whose clock">
            <Select
              value={schedule.clock}
              options={[
                { value: "workspace", label: `The workspace’s: ${zone.replaceAll("_", " ")}` },
                { value: "recipient", label: "Each customer’s own" },
              ]}
              onValueChange={(clock) => set({ clock })}
            />
          </Field>
        </div>
      )}
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="The same customer">
          <Select
            value={againHours === null ? "once" : "again"}
            options={[
              { value: "again", label: "Again, but not within" },
              { value: "once", label: "Only once for ever" },
            ]}
            onValueChange={(value) => set({ againHours: value === "once" ? null : 24 })}
          />
        </Field>
        {againHours !== null && (
          <Field label="Not again within" error={errors["schedule.againHours"] ?? null}>
            <Input
              type="number"
              min={0}
              suffix="hours"
              value={Number.isNaN(againHours) ? "" : againHours}
              onChange={(event) => set({ againHours: event.target.valueAsNumber })}
            />
          </Field>
        )}
        <div className="sm:col-span-2">
          <Field
            label="Several policies of one customer"
            help={eachPolicy ? null : againHours === 0 ? EACH_ALL_THE_SAME : HOW_TO_LIST}
          >
            <Select
              value={eachPolicy ? "each" : "list"}
              options={[
                { value: "each", label: "One message about each" },
                { value: "list", label: "One message that lists all" },
              ]}
              onValueChange={(value) => set({ eachPolicy: value === "each" })}
            />
          </Field>
        </div>
      </div>
      <StepList
        schedule={schedule}
        writing={{ category: fields.category, language, ...fallbacksOf(draft, language) }}
        errors={errors}
        onChange={set}
      />
      <EntriesPreview fields={fields} schedule={schedule} zone={zone} />
      <PlayThrough fields={fields} campaignId={draft.stored.id} schedule={schedule} zone={zone} />
    </>
  );
}
