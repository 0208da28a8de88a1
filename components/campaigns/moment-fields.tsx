"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Schedule } from "@/server/campaigns/schemas";

type Moment = Extract<Schedule, { kind: "later" }>;
type Timed = Exclude<Schedule, { kind: "now" }>;

/** A day, a time, and on whose clock it is read. */
export function MomentFields({
  schedule,
  zone,
  onChange,
}: {
  schedule: Moment;
  zone: string;
  onChange: (schedule: Moment) => void;
}) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Day">
        <Input
          type="date"
          value={schedule.day}
          onChange={(event) => event.target.value && onChange({ ...schedule, day: event.target.value })}
        />
      </Field>
      <TimeField schedule={schedule} onChange={onChange} />
      <ClockField schedule={schedule} zone={zone} onChange={onChange} />
    </div>
  );
}

export function TimeField<Of extends Timed>({
  schedule,
  onChange,
}: {
  schedule: Of;
  onChange: (schedule: Of) => void;
}) {
  return (
    <Field label="Time">
      <Input
        type="time"
        value={schedule.time}
        onChange={(event) =>
          event.target.value && onChange({ ...schedule, time: event.target.value.slice(0, 5) })
        }
      />
    </Field>
  );
}

export function ClockField<Of extends Timed>({
  schedule,
  zone,
  onChange,
}: {
  schedule: Of;
  zone: string;
  onChange: (schedule: Of) => void;
}) {
  return (
    <Field
      label="On whose clock"
      className="sm:col-span-2"
      help={
        schedule.clock === "workspace"
          ? "Everybody at the same moment; whoever must not be contacted then gets it when the hours open."
          : "Each customer at that time where they live; a customer without a time zone counts as being at yours."
      }
    >
      <Select
        value={schedule.clock}
        options={[
          { value: "workspace", label: `The workspace’s: ${zone.replaceAll("_", " ")}` },
          { value: "recipient", label: "Each customer’s own" },
        ]}
        onValueChange={(clock) => onChange({ ...schedule, clock })}
      />
    </Field>
  );
}
