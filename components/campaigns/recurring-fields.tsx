"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Schedule } from "@/server/campaigns/schemas";
import { ClockField, TimeField } from "./moment-fields";
import { weekdays } from "./schedule-words";

type Recurring = Extract<Schedule, { kind: "recurring" }>;

type RecurringFieldsProps = {
  schedule: Recurring;
  zone: string;
  errors: Record<string, string | undefined>;
  onChange: (schedule: Recurring) => void;
};

const rhythms = [
  { value: "day", label: "Every day" },
  { value: "week", label: "Every week" },
  { value: "month", label: "Every month" },
] as const;

/** The rule of a recurring campaign: how often, when, and until when. */
export function RecurringFields({ schedule, zone, errors, onChange }: RecurringFieldsProps) {
  const set = (patch: Partial<Recurring>) => onChange({ ...schedule, ...patch });
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <div className="sm:col-span-2">
        <SegmentedControl
          label="How often"
          value={schedule.every}
          options={rhythms}
          onValueChange={(every) => set({ every })}
        />
      </div>
      {schedule.every === "week" && (
        <Weekdays chosen={schedule.weekdays} onChange={(chosen) => set({ weekdays: chosen })} />
      )}
      {schedule.every === "month" && (
        <Field
          label="Day of the month"
          help="In a month without it, its last day."
          error={errors["schedule.monthDay"]}
        >
          <Input
            type="number"
            min={1}
            max={31}
            value={schedule.monthDay}
            onChange={(event) => event.target.value && set({ monthDay: Number(event.target.value) })}
          />
        </Field>
      )}
      <TimeField schedule={schedule} onChange={onChange} />
      <ClockField schedule={schedule} zone={zone} onChange={onChange} />
      <Field label="First day" optional help="Empty: from now on.">
        <Input
          type="date"
          value={schedule.from ?? ""}
          onChange={(event) => set({ from: event.target.value || null })}
        />
      </Field>
      <Field label="Last day" optional help="Empty: until somebody cancels it.">
        <Input
          type="date"
          value={schedule.until ?? ""}
          onChange={(event) => set({ until: event.target.value || null })}
        />
      </Field>
      <Field label="At most so many times" optional error={errors["schedule.times"]}>
        <Input
          type="number"
          min={1}
          value={schedule.times ?? ""}
          onChange={(event) => set({ times: event.target.value ? Number(event.target.value) : null })}
        />
      </Field>
    </div>
  );
}

function Weekdays({ chosen, onChange }: { chosen: number[]; onChange: (chosen: number[]) => void }) {
  const flip = (day: number) =>
    onChange(
      weekdays
        .map(({ value }) => value)
        .filter((each) => (each === day ? !chosen.includes(day) : chosen.includes(each))),
    );
  return (
    <fieldset className="sm:col-span-2">
      <legend className="mb-1.5 font-medium text-sm">Days</legend>
      <div className="flex flex-wrap gap-1.5">
        {weekdays.map(({ value, label }) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen.includes(value)}
            aria-label={label}
            onClick={() => flip(value)}
            className="h-control min-w-12 rounded-md border border-line-strong px-2.5 text-sm transition-colors hover:border-control aria-pressed:border-accent-ink aria-pressed:bg-accent-soft aria-pressed:font-medium"
          >
            {label.slice(0, 3)}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
