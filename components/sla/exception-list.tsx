"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { parseDay } from "@/server/platform/days";
import type { ExceptionValues } from "./calendar-form";

type ExceptionListProps = {
  values: readonly ExceptionValues[];
  error?: string;
  onChange: (values: ExceptionValues[]) => void;
};

/** Holidays and half-days with their dates. Pasted ones are not active until somebody ticks them. */
export function ExceptionList({ values, error, onChange }: ExceptionListProps) {
  const [pasting, setPasting] = useState(false);
  const change = (at: number, part: Partial<ExceptionValues>) =>
    onChange(values.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 font-medium text-sm">Holidays and half-days</legend>
      {values.map((one, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are typed in place and have no other identity
          key={at}
          className="flex flex-col gap-2 rounded-md border border-line p-2.5"
        >
          <div className="flex items-center gap-2">
            <Input
              type="date"
              aria-label="Date"
              className="w-40 shrink-0"
              value={one.date}
              onChange={(event) => change(at, { date: event.target.value })}
            />
            <Input
              aria-label="Name of the day"
              placeholder="Name"
              maxLength={80}
              value={one.name}
              onChange={(event) => change(at, { name: event.target.value })}
            />
            <IconButton
              label={`Remove ${one.name || "the day"}`}
              tooltip={false}
              size="sm"
              icon={<Trash2 aria-hidden />}
              onClick={() => onChange(values.filter((_, place) => place !== at))}
            />
          </div>
          <div className="flex items-center gap-3">
            <Input
              aria-label="Hours of the day"
              placeholder="Closed all day"
              className="w-40 shrink-0 tabular-nums"
              value={one.hours}
              onChange={(event) => change(at, { hours: event.target.value })}
            />
            <Checkbox
              label="Active"
              checked={one.active}
              onCheckedChange={(checked) => change(at, { active: checked === true })}
            />
          </div>
        </div>
      ))}
      {error && <p className="text-danger text-xs">{error}</p>}
      {pasting ? (
        <PastedDays
          onTake={(days) => {
            onChange([...values, ...days]);
            setPasting(false);
          }}
          onCancel={() => setPasting(false)}
        />
      ) : (
        <div className="flex gap-2">
          <Button
            size="sm"
            icon={<Plus aria-hidden />}
            onClick={() => onChange([...values, { date: "", name: "", hours: "", active: true }])}
          >
            Add a day
          </Button>
          <Button size="sm" variant="ghost" onClick={() => setPasting(true)}>
            Import a list
          </Button>
        </div>
      )}
    </fieldset>
  );
}

type PastedDaysProps = { onTake: (days: ExceptionValues[]) => void; onCancel: () => void };

function PastedDays({ onTake, onCancel }: PastedDaysProps) {
  const [text, setText] = useState("");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const days = lines.flatMap(readLine);
  const unread = lines.length - days.length;
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="One day a line"
        help={`A date, then its name: 15/08/2027 Independence Day. They are not active until you tick them.${unread > 0 ? ` ${unread === 1 ? "1 line has" : `${unread} lines have`} no date.` : ""}`}
      >
        <Textarea rows={5} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="flex gap-2">
        <Button size="sm" disabled={days.length === 0} onClick={() => onTake(days)}>
          {days.length === 1 ? "Take 1 day" : `Take ${days.length} days`}
        </Button>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

/** "15/08/2027 Independence Day", "2027-08-15, Independence Day" or "15 Aug 2027; …" as a day that is not active. */
function readLine(line: string): ExceptionValues[] {
  const match =
    /^\s*(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}[ -][a-z]{3,9}[ ,-]+\d{4})[\s,;]*(.*)$/i.exec(
      line,
    );
  const date = parseDay(match?.[1] ?? "");
  return date ? [{ date, name: (match?.[2] ?? "").trim().slice(0, 80), hours: "", active: false }] : [];
}
