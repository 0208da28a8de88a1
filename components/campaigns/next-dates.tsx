"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DraftFields } from "@/server/campaigns/schemas";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { dayWords, scheduleWords } from "./schedule-words";

/** The rule read back, and the next times by the function that launches. */
export function NextDates({ fields, zone }: { fields: DraftFields; zone: string }) {
  const { schedule, audience, startsOn, endsOn } = fields;
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.campaigns.dates.queryOptions(
      { schedule, audience, startsOn, endsOn },
      { placeholderData: keepPreviousData },
    ),
  );
  const own = schedule.kind !== "now" && schedule.clock === "recipient";
  return (
    <div aria-live="polite" className="rounded-md bg-subtle px-3 py-2.5 text-sm">
      <p className="font-medium">{scheduleWords(schedule)}</p>
      {data?.length === 0 && <p className="mt-0.5 text-danger">There is no such time ahead of us.</p>}
      {data && data.length > 0 && schedule.kind === "recurring" && (
        <ol aria-label="Next times" className="mt-1.5 flex flex-col gap-0.5 text-muted tabular-nums">
          {data.map(({ key, at }) => (
            <li key={key}>
              {own
                ? `${dayWords(key.slice(0, 10))}, ${key.slice(11)} where each customer lives`
                : formatDateTime(at.toISOString(), zone, true)}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
