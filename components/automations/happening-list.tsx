"use client";

import { Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type Happening, happenings } from "@/server/automations/status";
import { units } from "./step-words";

export type Assumption = {
  what: Happening;
  /** The event's, where `what` is one. */
  name: string;
  amount: number;
  unit: (typeof units)[number]["value"];
};

const minutes = { minutes: 1, hours: 60, days: 1_440 } as const;
const MOST = 20;

/** Minutes after entering; at least one. */
export const minutesOf = ({ amount, unit }: Assumption): number =>
  Math.max(1, Math.round((Number.isNaN(amount) ? 1 : amount) * minutes[unit]));

type HappeningListProps = { assumed: readonly Assumption[]; onChange: (assumed: Assumption[]) => void };

/** What the customer is assumed to do after entering; nothing, where the list is empty. */
export function HappeningList({ assumed, onChange }: HappeningListProps) {
  const add = () =>
    onChange([...assumed, { what: "replies", name: "website_visit", amount: 2, unit: "hours" }]);
  return (
    <div className="flex flex-col gap-2">
      {assumed.length === 0 && <p className="text-muted text-sm">Assumed: the customer does nothing.</p>}
      {assumed.map((each, place) => {
        const set = (patch: Partial<Assumption>) => onChange(assumed.with(place, { ...each, ...patch }));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: they have no name but their place
          <div key={place} className="flex flex-wrap items-center gap-2">
            <Select
              label="What the customer does"
              className="w-48"
              value={each.what}
              options={(Object.keys(happenings) as Happening[]).map((value) => ({
                value,
                label: happenings[value],
              }))}
              onValueChange={(what) => set({ what })}
            />
            {each.what === "event" && (
              <Input
                aria-label="Event"
                className="w-40"
                value={each.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            )}
            <span className="text-muted text-sm">after</span>
            <Input
              aria-label="How long after entering"
              type="number"
              min={1}
              className="w-20"
              value={Number.isNaN(each.amount) ? "" : each.amount}
              onChange={(event) => set({ amount: event.target.valueAsNumber })}
            />
            <Select
              label="Unit"
              className="w-28"
              value={each.unit}
              options={units}
              onValueChange={(unit) => set({ unit })}
            />
            <IconButton
              size="sm"
              label="Take this out"
              icon={<X aria-hidden />}
              onClick={() => onChange(assumed.toSpliced(place, 1))}
            />
          </div>
        );
      })}
      {assumed.length < MOST && (
        <Button
          size="sm"
          variant="ghost"
          icon={<Plus aria-hidden />}
          className="-ml-2 self-start"
          onClick={add}
        >
          Assume that the customer does something
        </Button>
      )}
    </div>
  );
}
