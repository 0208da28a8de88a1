"use client";

import { Plus, Trash2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { escalationTargets } from "@/server/sla/schemas";
import type { PolicyValues } from "./policy-form";

type Levels = PolicyValues["escalations"];
type EscalationFieldsProps = { values: Levels; error?: string; onChange: (values: Levels) => void };

const MOST_LEVELS = 5;
const options = (Object.keys(escalationTargets) as (keyof typeof escalationTargets)[]).map((value) => ({
  value,
  label: escalationTargets[value],
}));

/** Who hears of it after the due time, level by level. */
export function EscalationFields({ values, error, onChange }: EscalationFieldsProps) {
  const change = (at: number, part: Partial<Levels[number]>) =>
    onChange(values.map((level, place) => (place === at ? { ...level, ...part } : level)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1.5 font-medium text-sm">Escalation</legend>
      {values.map((level, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: levels are their places
        <div key={at} className="flex flex-wrap items-center gap-2 text-sm">
          <Input
            aria-label={`Minutes after the due time, level ${at + 1}`}
            inputMode="numeric"
            maxLength={5}
            className="w-16 text-right tabular-nums"
            value={level.after}
            onChange={(event) => change(at, { after: event.target.value })}
          />
          <span className="text-muted">min after, tell</span>
          <span className="min-w-44 flex-1">
            <Select
              label={`Who hears of level ${at + 1}`}
              options={options}
              value={level.notify}
              onValueChange={(notify) => change(at, { notify })}
            />
          </span>
          <IconButton
            label={`Remove level ${at + 1}`}
            tooltip={false}
            size="sm"
            icon={<Trash2 aria-hidden />}
            onClick={() => onChange(values.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      {error && <p className="text-danger text-xs">{error}</p>}
      {values.length < MOST_LEVELS && (
        <Button
          size="sm"
          className="self-start"
          icon={<Plus aria-hidden />}
          onClick={() =>
            onChange([...values, { after: values.at(-1)?.after ?? "0", notify: "every_supervisor" }])
          }
        >
          Add a level
        </Button>
      )}
    </fieldset>
  );
}
