"use client";

import { Input } from "@/components/ui/input";
import type { PolicyValues } from "./policy-form";
import { minutesWords } from "./words";

type Targets = PolicyValues["targets"];
type TargetFieldsProps = { values: Targets; error?: string; onChange: (values: Targets) => void };

const rows = [
  { key: "high", label: "High" },
  { key: "medium", label: "Medium" },
  { key: "low", label: "Low" },
] as const;

/** Minutes until the first attempt and until the end, for each priority. */
export function TargetFields({ values, error, onChange }: TargetFieldsProps) {
  return (
    <fieldset>
      <legend className="pb-1.5 font-medium text-sm">Targets, in business minutes</legend>
      <table className="w-full text-sm">
        <thead>
          <tr className="text-left text-faint text-xs">
            <th scope="col" className="w-20 pb-1 font-normal max-sm:w-16">
              Priority
            </th>
            <th scope="col" className="pb-1 font-normal">
              First attempt
            </th>
            <th scope="col" className="pb-1 pl-3 font-normal">
              Resolution
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, label }) => {
            const row = values[key];
            const set = (part: Partial<typeof row>) => onChange({ ...values, [key]: { ...row, ...part } });
            return (
              <tr key={key}>
                <th scope="row" className="py-1 text-left font-normal">
                  {label}
                </th>
                <td className="py-1">
                  <Minutes
                    label={`First attempt, ${label}`}
                    value={row.first}
                    onChange={(first) => set({ first })}
                  />
                </td>
                <td className="py-1 pl-3">
                  <Minutes
                    label={`Resolution, ${label}`}
                    value={row.resolution}
                    onChange={(resolution) => set({ resolution })}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {error && <p className="mt-1 text-danger text-xs">{error}</p>}
    </fieldset>
  );
}

type MinutesProps = { label: string; value: string; onChange: (value: string) => void };

function Minutes({ label, value, onChange }: MinutesProps) {
  const minutes = Number(value);
  return (
    <span className="flex items-center gap-2">
      <Input
        aria-label={label}
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        className="w-20 shrink-0 text-right tabular-nums max-sm:w-16"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span className="whitespace-nowrap text-faint text-xs">
        {Number.isInteger(minutes) && minutes >= 60 ? minutesWords(minutes) : "min"}
      </span>
    </span>
  );
}
