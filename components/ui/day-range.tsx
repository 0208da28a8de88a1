"use client";

import { CalendarDays, X } from "lucide-react";
import { Button } from "./button";
import { cn } from "./cn";
import { Field } from "./field";
import { Input } from "./input";
import { Popover } from "./popover";
import { useUrl } from "./use-url";

const shown = (day: string) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString("en-IN", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** From one day to another, both included; stands in the URL as `from` and `until`. Goes beside a `FilterBar`. */
export function DayRange() {
  const url = useUrl();
  const day = (name: string) => {
    const value = url.params.get(name) ?? "";
    return isDay(value) ? value : "";
  };
  const [from, until] = [day("from"), day("until")];
  const any = from !== "" || until !== "";
  const words = [from && `from ${shown(from)}`, until && `to ${shown(until)}`].filter(Boolean).join(" ");
  return (
    <span className="flex max-w-full">
      <Popover
        label="Days"
        className="w-60"
        trigger={
          <Button
            size="sm"
            icon={!any && <CalendarDays aria-hidden className="text-faint" />}
            className={cn(
              "h-control min-w-0 font-normal",
              any
                ? "rounded-r-none border-accent-ink/40 bg-accent-soft text-accent-ink"
                : "border-dashed text-muted shadow-none",
            )}
          >
            Days
            {any && <span className="truncate font-medium">{words}</span>}
          </Button>
        }
      >
        <div className="flex flex-col gap-3">
          <Field label="From" optional>
            <Input
              type="date"
              value={from}
              max={until || undefined}
              onChange={(event) => url.set({ from: event.target.value })}
            />
          </Field>
          <Field label="To" optional>
            <Input
              type="date"
              value={until}
              min={from || undefined}
              onChange={(event) => url.set({ until: event.target.value })}
            />
          </Field>
        </div>
      </Popover>
      {any && (
        <Button
          size="sm"
          aria-label="Remove the filter Days"
          className="-ml-px h-control rounded-l-none border-accent-ink/40 bg-accent-soft px-1.5 text-accent-ink"
          onClick={() => url.set({ from: null, until: null })}
        >
          <X aria-hidden />
        </Button>
      )}
    </span>
  );
}
