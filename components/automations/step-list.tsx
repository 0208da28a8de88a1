"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { type Automated, type Exit, exits, limits, type Step } from "@/server/automations/schemas";
import type { Writing } from "./send-fields";
import { StepFields } from "./step-fields";
import { beginStep, exitLabels, stepChoices, stepWords } from "./step-words";
import { useChoices } from "./use-choices";

type StepListProps = {
  schedule: Automated;
  writing: Writing;
  errors: Record<string, string | undefined>;
  onChange: (patch: Partial<Automated>) => void;
};

/** What follows the first message, one after the other, and what makes somebody leave before. */
export function StepList({ schedule, writing, errors, onChange }: StepListProps) {
  const choices = useChoices();
  const { steps } = schedule;
  const set = (next: Step[]) => onChange({ steps: next });
  const move = (place: number, to: number) => {
    const step = steps[place];
    if (step) set(steps.toSpliced(place, 1).toSpliced(to, 0, step));
  };
  const flip = (exit: Exit, leaves: boolean) =>
    onChange({ exits: exits.filter((each) => (each === exit ? leaves : schedule.exits.includes(each))) });
  return (
    <section aria-label="Follow-ups" className="flex flex-col gap-2.5">
      <h3 className="font-medium text-sm">After the first message</h3>
      {steps.length === 0 && <p className="text-muted text-sm">Nothing: one message is all.</p>}
      <ol className="flex flex-col gap-2.5">
        {steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <li key={place} className="rounded-md border border-line-strong">
            <div className="flex items-center justify-between gap-2 py-1.5 pr-1.5 pl-3">
              <h4 className="min-w-0 font-medium">
                {place + 1}. {stepWords(step, choices.segmentName)}
              </h4>
              <span className="flex shrink-0">
                <IconButton
                  size="sm"
                  label="Earlier"
                  icon={<ArrowUp aria-hidden />}
                  disabled={place === 0}
                  onClick={() => move(place, place - 1)}
                />
                <IconButton
                  size="sm"
                  label="Later"
                  icon={<ArrowDown aria-hidden />}
                  disabled={place === steps.length - 1}
                  onClick={() => move(place, place + 1)}
                />
                <IconButton
                  size="sm"
                  label="Remove this step"
                  icon={<X aria-hidden />}
                  onClick={() => set(steps.toSpliced(place, 1))}
                />
              </span>
            </div>
            <StepFields
              step={step}
              at={`schedule.steps.${place}`}
              choices={choices}
              writing={writing}
              errors={errors}
              onChange={(next) => set(steps.with(place, next))}
            />
          </li>
        ))}
      </ol>
      {steps.length < limits.steps && (
        <DropdownMenu
          align="start"
          trigger={
            <Button icon={<Plus aria-hidden />} className="self-start">
              Add a step
            </Button>
          }
        >
          {stepChoices.map(({ value, label }) => (
            <MenuItem
              key={value}
              onSelect={() => {
                const begun = beginStep(value);
                if (begun) set([...steps, begun]);
              }}
            >
              {label}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
      {steps.length > 0 && (
        <fieldset className="flex flex-col gap-2 pt-1">
          <legend className="mb-1.5 font-medium text-sm">Leave before the next step when</legend>
          {exits.map((exit) => (
            <Checkbox
              key={exit}
              checked={schedule.exits.includes(exit)}
              onCheckedChange={(checked) => flip(exit, checked === true)}
              label={exitLabels[exit]}
            />
          ))}
        </fieldset>
      )}
    </section>
  );
}
