"use client";

import { useQuery } from "@tanstack/react-query";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import type { SlotsInput } from "@/server/callbacks/schemas";
import { useTRPC } from "@/server/trpc/react";

export type Slot = { start: string; end: string };

type SlotPickerProps = {
  /** Whose hours count: those of the number's country, the customer's zone and the topic. */
  called: SlotsInput;
  value: Slot | null;
  onChange: (slot: Slot) => void;
};

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** "Fri 27": a day without a zone, as it stands in a calendar. */
const dayLabel = (date: string): string => {
  const day = new Date(`${date}T00:00:00Z`);
  return `${weekdays[day.getUTCDay()]} ${day.getUTCDate()}`;
};

const chip =
  "h-control shrink-0 rounded-md pointer-coarse:h-11 border px-2.5 text-sm tabular-nums transition-colors aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:text-accent-ink";

/** A day and a half hour in the customer's own zone. Times outside of the working hours can be promised and look so. */
export function SlotPicker({ called, value, onChange }: SlotPickerProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.callbacks.slots.queryOptions(called));
  if (!query.data)
    return query.error ? <Notice tone="danger">{query.error.message}</Notice> : <Skeleton className="h-24" />;
  const { days, zone } = query.data;
  const current = days.find(({ slots }) => slots.some(({ start }) => start === value?.start));
  const first = (date: string) => {
    const slots = days.find((day) => day.date === date)?.slots ?? [];
    return slots.find(({ working }) => working) ?? slots[0];
  };
  return (
    <div className="flex flex-col gap-2.5">
      <fieldset className="flex gap-1.5 overflow-x-auto p-0.5" aria-label="Day">
        {days.map(({ date }) => (
          <button
            key={date}
            type="button"
            aria-pressed={current?.date === date}
            className={cn(chip, "border-line-strong hover:bg-hover")}
            onClick={() => {
              const slot = first(date);
              if (slot) onChange({ start: slot.start, end: slot.end });
            }}
          >
            {dayLabel(date)}
          </button>
        ))}
      </fieldset>
      {current && (
        <fieldset
          aria-label="Time"
          className="grid max-h-48 grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))] gap-1.5 overflow-y-auto p-0.5"
        >
          {current.slots.map(({ start, end, time, working }) => (
            <button
              key={start}
              type="button"
              aria-pressed={start === value?.start}
              title={working ? undefined : "Outside of the working hours"}
              className={cn(
                chip,
                working ? "border-line-strong hover:bg-hover" : "border-line border-dashed text-faint",
              )}
              onClick={() => onChange({ start, end })}
            >
              {time}
            </button>
          ))}
        </fieldset>
      )}
      <p className="text-faint text-xs">
        {current
          ? `Times of ${zone}; dashed ones lie outside of the working hours.`
          : `Choose a day. Times are those of ${zone}.`}
      </p>
    </div>
  );
}
