"use client";

import { Plus } from "lucide-react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { limits, type Trigger } from "@/server/automations/schemas";
import { TriggerCard } from "./trigger-card";
import { beginTrigger, triggerChoices } from "./trigger-words";
import { useChoices } from "./use-choices";

type TriggerListProps = {
  triggers: readonly Trigger[];
  /** By path of the field: `schedule.triggers.0.days`. */
  errors: Record<string, string | undefined>;
  onChange: (triggers: Trigger[]) => void;
};

/** What starts the campaign: any of a list of triggers, each with conditions of its own. */
export function TriggerList({ triggers, errors, onChange }: TriggerListProps) {
  const choices = useChoices();
  return (
    <section aria-label="Triggers" className="flex flex-col gap-2.5">
      <h3 className="font-medium text-sm">Starts when any of these happens</h3>
      {triggers.map((trigger, place) => (
        <TriggerCard
          // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no name but their place
          key={place}
          trigger={trigger}
          place={place}
          choices={choices}
          errors={errors}
          onChange={(next) => onChange(triggers.with(place, next))}
          onRemove={() => onChange(triggers.toSpliced(place, 1))}
        />
      ))}
      {triggers.length < limits.triggers && (
        <DropdownMenu
          align="start"
          trigger={
            <Button icon={<Plus aria-hidden />} className="self-start">
              {triggers.length === 0 ? "Add a trigger" : "Add another trigger"}
            </Button>
          }
        >
          {triggerChoices.map(({ value, label }) => (
            <MenuItem
              key={value}
              onSelect={() => {
                const begun = beginTrigger(value);
                if (begun) onChange([...triggers, begun]);
              }}
            >
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
    </section>
  );
}
