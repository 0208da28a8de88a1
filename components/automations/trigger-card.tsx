"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import type { Trigger } from "@/server/automations/schemas";
import { PropertyList } from "./property-list";
import { TriggerFields } from "./trigger-fields";
import { triggerWords } from "./trigger-words";
import type { Choices } from "./use-choices";

type TriggerCardProps = {
  trigger: Trigger;
  place: number;
  choices: Choices;
  errors: Record<string, string | undefined>;
  onChange: (trigger: Trigger) => void;
  onRemove: () => void;
};

/** One trigger: what it is in words, its figures, and who it is narrowed to. */
export function TriggerCard({ trigger, place, choices, errors, onChange, onRemove }: TriggerCardProps) {
  const [asked, setAsked] = useState(false);
  const narrowed = trigger.segments.length > 0 || trigger.policyTypes.length > 0;
  const properties = trigger.on === "event" ? trigger.properties : [];
  const open = asked || narrowed || properties.length > 0;
  const words = triggerWords(trigger, choices.segmentName);
  const at = `schedule.triggers.${place}`;
  return (
    <section aria-label={words} className="rounded-md border border-line-strong">
      <header className="flex items-center justify-between gap-2 py-1.5 pr-1.5 pl-3">
        <h4 className="min-w-0 font-medium">{words}</h4>
        <IconButton size="sm" label="Remove this trigger" icon={<X aria-hidden />} onClick={onRemove} />
      </header>
      <div className="flex flex-col gap-3 px-3 pb-3">
        <TriggerFields trigger={trigger} at={at} choices={choices} errors={errors} onChange={onChange} />
        {open ? (
          <div className="grid gap-3 sm:grid-cols-2">
            <Field label="Only customers in" optional>
              <MultiCombobox
                options={choices.segments}
                values={trigger.segments}
                onValuesChange={(segments) => onChange({ ...trigger, segments })}
                placeholder="Any segment"
                searchLabel="Find a segment"
              />
            </Field>
            <Field label="Only policies of type" optional>
              <MultiCombobox
                options={choices.policyTypes}
                values={trigger.policyTypes}
                onValuesChange={(policyTypes) => onChange({ ...trigger, policyTypes })}
                placeholder="Any type"
                searchLabel="Find a type"
                allowOther
              />
            </Field>
            {trigger.on === "event" && (
              <PropertyList
                name={trigger.name}
                properties={trigger.properties}
                at={`${at}.properties`}
                errors={errors}
                onChange={(next) => onChange({ ...trigger, properties: next })}
              />
            )}
          </div>
        ) : (
          <Button
            size="sm"
            variant="ghost"
            icon={<Plus aria-hidden />}
            className="-ml-2 self-start"
            onClick={() => setAsked(true)}
          >
            Add a condition
          </Button>
        )}
      </div>
    </section>
  );
}
