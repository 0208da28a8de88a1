"use client";

import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Step } from "@/server/automations/schemas";
import { ActFields } from "./act-fields";
import { SendFields, type Writing } from "./send-fields";
import { checks, units } from "./step-words";
import type { Choices } from "./use-choices";

type StepFieldsProps = {
  step: Step;
  /** Where it stands in the draft, for its errors. */
  at: string;
  choices: Choices;
  writing: Writing;
  errors: Record<string, string | undefined>;
  onChange: (step: Step) => void;
};

type Timed = Extract<Step, { do: "wait" | "wait_event" }>;

/** What a step can be set to. */
export function StepFields({ step, at, choices, writing, errors, onChange }: StepFieldsProps) {
  const error = (field: string) => errors[`${at}.${field}`] ?? null;
  const span = (timed: Timed, label: string) => (
    <>
      <Field label={label} error={error("amount")} className="w-28">
        <Input
          type="number"
          min={1}
          value={Number.isNaN(timed.amount) ? "" : timed.amount}
          onChange={(event) => onChange({ ...timed, amount: event.target.valueAsNumber })}
        />
      </Field>
      <Field label="Unit" className="w-32">
        <Select value={timed.unit} options={units} onValueChange={(unit) => onChange({ ...timed, unit })} />
      </Field>
    </>
  );
  const row = "flex flex-wrap items-start gap-3 px-3 pb-3";
  switch (step.do) {
    case "wait":
      return <div className={row}>{span(step, "How long")}</div>;
    case "wait_until":
      return (
        <div className={row}>
          <Field label="Day" error={error("day")}>
            <Input
              type="date"
              value={step.day}
              onChange={(event) => onChange({ ...step, day: event.target.value })}
            />
          </Field>
          <Field label="Time" error={error("time")}>
            <Input
              type="time"
              value={step.time}
              onChange={(event) => onChange({ ...step, time: event.target.value.slice(0, 5) })}
            />
          </Field>
        </div>
      );
    case "wait_event":
      return (
        <div className={row}>
          <Field label="Event" error={error("name")} className="w-52">
            <Input value={step.name} onChange={(event) => onChange({ ...step, name: event.target.value })} />
          </Field>
          {span(step, "At most")}
          <Field label="If it does not happen" className="w-44">
            <Select
              value={step.otherwise}
              options={[
                { value: "go_on", label: "Go on" },
                { value: "leave", label: "Leave" },
              ]}
              onValueChange={(otherwise) => onChange({ ...step, otherwise })}
            />
          </Field>
        </div>
      );
    case "check":
      return (
        <div className={row}>
          <Field label="Condition" className="w-64">
            <Select
              value={step.holds}
              options={checks}
              onValueChange={(holds) => onChange({ ...step, holds })}
            />
          </Field>
          {step.holds === "in_segment" && (
            <Field label="Segment" className="w-64">
              <Combobox
                options={choices.segments}
                value={step.segment || null}
                onValueChange={(segment) => onChange({ ...step, segment: segment ?? "" })}
                placeholder="Choose a segment"
                searchLabel="Find a segment"
              />
            </Field>
          )}
          <Field label="Otherwise" className="w-52">
            <Select
              value={step.otherwise}
              options={[
                { value: "leave", label: "Leave" },
                { value: "skip", label: "Leave out the next step" },
              ]}
              onValueChange={(otherwise) => onChange({ ...step, otherwise })}
            />
          </Field>
        </div>
      );
    case "send":
      return <SendFields {...{ step, writing, error, onChange }} />;
    case "set_attribute":
    case "callback":
    case "notify":
      return <ActFields {...{ step, choices, error, onChange }} />;
    case "leave":
      return null;
  }
}
