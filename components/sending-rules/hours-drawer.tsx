"use client";

import { Trash2 } from "lucide-react";
import type { z } from "zod";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useAct } from "@/components/workspaces/use-act";
import { formatDate } from "@/server/platform/format";
import type { HoursRow } from "@/server/sending-rules/hours-table";
import { type HoursInput, type HoursKey, hoursSchema } from "@/server/sending-rules/schemas";
import { clockTime, minutesOf } from "@/server/sending-rules/status";
import { useTRPCClient } from "@/server/trpc/react";
import { countryLabel, hoursChannelLabels, hoursPurposeLabels, hoursWords, rowOn, weekDays } from "./words";

type Values = { from: string; to: string; days: number[]; validFrom: string };

type HoursDrawerProps = { of: HoursKey; rows: readonly HoursRow[]; today: string; onClose: () => void };

/** The hours of one kind of contact: what holds, what held, and new ones from a day on. */
export function HoursDrawer({ of, rows, today, onClose }: HoursDrawerProps) {
  const client = useTRPCClient();
  const now = rowOn(rows, today);
  const form = useForm({
    schema: formSchema(of),
    initial: {
      from: clockTime(now?.fromMinute ?? 0),
      to: clockTime(now?.toMinute ?? 1_440),
      days: [...(now?.days ?? weekDays.map(({ day }) => day))],
      validFrom: today,
    },
    submit: async (given) => {
      await client.sendingRules.setHours.mutate(given);
      toast.success("Hours saved");
      onClose();
    },
  });
  const { values, errors, set } = form;
  const basis = rows.findLast(({ own, basis: why }) => !own && why !== "")?.basis ?? now?.basis;
  return (
    <FormDrawer
      title={`${hoursChannelLabels[of.channel]}, ${hoursPurposeLabels[of.purpose].toLowerCase()}, ${countryLabel(of.country)}`}
      form={form}
      submitLabel="Save the hours"
      // Hours at any time may be meant, too.
      ready={now === undefined}
      onClose={onClose}
      after={<HoursHistory of={of} rows={rows} today={today} onClose={onClose} />}
    >
      <div className="grid grid-cols-2 gap-4">
        <Field label="From" help="At this minute it opens." error={errors.from}>
          <Input
            placeholder="10:00"
            className="tabular-nums"
            value={values.from}
            onChange={(event) => set("from", event.target.value)}
            onBlur={form.leave("from")}
          />
        </Field>
        <Field label="To" help="At this minute it is closed; 24:00 is midnight." error={errors.to}>
          <Input
            placeholder="21:00"
            className="tabular-nums"
            value={values.to}
            onChange={(event) => set("to", event.target.value)}
            onBlur={form.leave("to")}
          />
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 font-medium text-sm">Days</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-2">
          {weekDays.map(({ day, label, short }) => (
            <Checkbox
              key={day}
              label={
                <>
                  <span aria-hidden>{short}</span>
                  <span className="sr-only">{label}</span>
                </>
              }
              checked={values.days.includes(day)}
              onCheckedChange={(checked) =>
                set(
                  "days",
                  checked === true ? [...values.days, day] : values.days.filter((each) => each !== day),
                )
              }
            />
          ))}
        </div>
        {errors.days && <p className="mt-1 text-danger text-xs">{errors.days}</p>}
      </fieldset>
      <Field
        label="Valid from"
        help="The day at the recipient's place. Until then the present hours hold."
        error={errors.validFrom}
      >
        <Input
          type="date"
          min={today}
          value={values.validFrom}
          onChange={(event) => set("validFrom", event.target.value)}
          onBlur={form.leave("validFrom")}
        />
      </Field>
      {basis && (
        <Notice title="Where the present hours come from">
          {basis}. Wider ones are yours to answer for.
        </Notice>
      )}
    </FormDrawer>
  );
}

type Validated =
  | { value: HoursInput; issues?: undefined }
  | { issues: { message: string; path: string[] }[] };

/** What is typed as times of the day, as the minutes that are stored. */
function formSchema(of: HoursKey) {
  const validate = (given: unknown): Validated => {
    const { from, to, ...rest } = given as Values;
    const [fromMinute, toMinute] = [minutesOf(from), minutesOf(to)];
    const issues = [
      ...(fromMinute === null ? [{ message: "A time like 10:00.", path: ["from"] }] : []),
      ...(toMinute === null ? [{ message: "A time like 21:00.", path: ["to"] }] : []),
    ];
    if (issues.length > 0) return { issues };
    const read = hoursSchema.safeParse({ ...of, ...rest, fromMinute, toMinute });
    if (read.success) return { value: read.data };
    const names: Record<string, string> = { fromMinute: "from", toMinute: "to" };
    return {
      issues: read.error.issues.map(({ message, path: [field] }: z.core.$ZodIssue) => ({
        message,
        path: [names[String(field)] ?? String(field)],
      })),
    };
  };
  return { "~standard": { validate } };
}

function HoursHistory({ of, rows, today, onClose }: HoursDrawerProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  if (rows.length === 0) return null;
  const current = rowOn(rows, today);
  return (
    <section className="mt-6 flex flex-col gap-2">
      <h3 className="font-medium text-sm">Over time</h3>
      <ol className="border-line border-t text-sm">
        {rows
          .toSorted((one, other) => (one.validFrom < other.validFrom ? 1 : -1))
          .map((row) => (
            <li key={row.validFrom} className="flex items-center gap-2 border-line border-b py-2">
              <span className="min-w-0 flex-1">
                <span className={row === current ? "font-medium" : "text-muted"}>{hoursWords(row)}</span>
                <span className="block text-faint text-xs">
                  {row.validFrom <= "2000-01-01"
                    ? "From the beginning"
                    : `From ${formatDate(`${row.validFrom}T00:00:00Z`, "UTC")}`}
                  {row === current && " · holds now"}
                  {row.validFrom > today && " · planned"}
                </span>
              </span>
              {row.own && row.validFrom > today && (
                <IconButton
                  label={`Take back the hours of ${row.validFrom}`}
                  tooltip={false}
                  size="sm"
                  disabled={pending}
                  icon={<Trash2 aria-hidden />}
                  onClick={() =>
                    act(
                      () => client.sendingRules.removeHours.mutate({ ...of, validFrom: row.validFrom }),
                      "The planned hours were taken back",
                    )
                  }
                />
              )}
            </li>
          ))}
      </ol>
      {rows.some(({ own }) => own) && (
        <ConfirmDialog
          danger={false}
          title="Go back to the hours of Ringback?"
          description="Your own hours here are given up, also those that are planned. Ringback's count again at once."
          confirmLabel="Go back to them"
          cancelLabel="Keep ours"
          trigger={
            <Button size="sm" className="self-start">
              Use the hours of Ringback
            </Button>
          }
          onConfirm={async () => {
            await client.sendingRules.resetHours.mutate(of);
            toast.success("The hours of Ringback count again");
            onClose();
          }}
        />
      )}
    </section>
  );
}
