"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useMemo } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { CalendarLine } from "@/server/sla/list-calendars";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { calendarForm, calendarValues } from "./calendar-form";
import { ExceptionList } from "./exception-list";
import { OpenState } from "./open-state";
import { dayNames } from "./words";

type CalendarDrawerProps = {
  /** Null: a new one. */
  calendar: CalendarLine | null;
  timeZones: readonly string[];
  /** The workspace's, for a new one. */
  zone: string;
  onClose: () => void;
};

/** Hours, holidays, and what they say at this moment while they are typed. */
export function CalendarDrawer({ calendar, timeZones, zone, onClose }: CalendarDrawerProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const schema = useMemo(() => calendarForm(calendar?.id ?? null), [calendar?.id]);
  const form = useForm({
    schema,
    initial: calendarValues(calendar, zone),
    submit: async (given) => {
      await client.sla.saveCalendar.mutate(given);
      toast.success("Calendar saved", { description: "Open requests get their due times by it in seconds." });
      onClose();
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  return (
    <FormDrawer
      title={calendar ? calendar.name : "New calendar"}
      form={form}
      submitLabel="Save the calendar"
      onClose={onClose}
    >
      <Field label="Name" error={errors.name}>
        <Input
          autoComplete="off"
          value={values.name}
          onChange={(event) => set("name", event.target.value)}
          onBlur={form.leave("name")}
        />
      </Field>
      <Field label="Time zone" error={errors.zone}>
        <Combobox
          options={timeZones.map((each) => ({ value: each, label: each.replaceAll("_", " ") }))}
          value={values.zone}
          searchLabel="Find a city or zone"
          onValueChange={(next) => next && set("zone", next)}
        />
      </Field>
      <Checkbox
        label="Open at all times"
        description="Business time is then the clock's time: 24 × 7."
        checked={values.alwaysOpen}
        onCheckedChange={(checked) => set("alwaysOpen", checked === true)}
      />
      {!values.alwaysOpen && (
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1.5 font-medium text-sm">Hours</legend>
          {dayNames.map((name, day) => (
            <div key={name} className="flex items-center gap-3">
              <span className="w-24 shrink-0 text-sm">{name}</span>
              <Input
                aria-label={`Hours on ${name}`}
                aria-invalid={errors.week?.includes(name) || undefined}
                autoComplete="off"
                placeholder="Closed"
                className="tabular-nums"
                value={values.week[day] ?? ""}
                onChange={(event) => set("week", values.week.with(day, event.target.value))}
                onBlur={form.leave("week")}
              />
            </div>
          ))}
          <p className={errors.week ? "text-danger text-xs" : "text-faint text-xs"}>
            {errors.week ??
              "09:30-13:00, 14:00-18:30 for two shifts; 22:00-06:00 goes on into the next day; empty is closed."}
          </p>
        </fieldset>
      )}
      {!values.alwaysOpen && (
        <ExceptionList
          values={values.exceptions}
          error={errors.exceptions}
          onChange={(exceptions) => set("exceptions", exceptions)}
        />
      )}
      <Preview calendarId={calendar?.id ?? null} schema={schema} values={values} />
    </FormDrawer>
  );
}

type PreviewProps = {
  calendarId: string | null;
  schema: ReturnType<typeof calendarForm>;
  values: ReturnType<typeof calendarValues>;
};

/** What it would say now, counted by the server's own walk. */
function Preview({ calendarId, schema, values }: PreviewProps) {
  const trpc = useTRPC();
  const read = schema["~standard"].validate(useDeferredValue(values));
  const definition = read.issues ? null : read.value.definition;
  const { data } = useQuery(
    trpc.sla.previewCalendar.queryOptions(
      {
        calendarId,
        definition: definition ?? {
          zone: "UTC",
          alwaysOpen: true,
          week: Array.from({ length: 7 }, () => []),
          exceptions: [],
        },
      },
      { enabled: definition !== null, placeholderData: (before) => before },
    ),
  );
  if (!definition || !data) return null;
  return (
    <div aria-live="polite" className="flex flex-col gap-1 rounded-md border border-line px-3 py-2">
      <OpenState state={data} zone={definition.zone} />
      {data.requests > 0 && (
        <p className="text-muted text-sm">
          Saving counts the due times of{" "}
          {data.requests === 1 ? "1 open request" : `${data.requests} open requests`} anew. What has elapsed
          stays.
        </p>
      )}
    </div>
  );
}
