import { CircleAlert, CircleCheck } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { groupBy } from "@/components/ui/group-by";
import type { RowResult } from "@/server/callbacks/many";
import { formatCount } from "@/server/platform/format";

type RowResultsProps = {
  results: readonly RowResult[];
  /** What was done, as a word: "assigned". */
  done: string;
  /** Who is behind each request. */
  requests: ReadonlyMap<string, string>;
};

/** What became of each request: those that stayed as they were first, under the reason, then those that were changed. */
export function RowResults({ results, done, requests }: RowResultsProps) {
  const refused = results.flatMap((result) => (result.done ? [] : [result]));
  const changed = results.filter((result) => result.done);
  const groups = [
    ...groupBy(refused, ({ reason }) => reason).map(([why, rows]) => ({ why, rows, good: false })),
    ...(changed.length > 0 ? [{ why: `Was ${done}`, rows: changed, good: true }] : []),
  ];
  return (
    <div className="flex flex-col gap-3" role="status">
      <p className="text-muted">
        {formatCount(changed.length)} {done}, {formatCount(refused.length)} left as{" "}
        {refused.length === 1 ? "it was" : "they were"}.
      </p>
      <ul className="max-h-80 divide-y divide-line overflow-y-auto rounded-md border border-line text-sm">
        {groups.flatMap(({ why, rows, good }) =>
          rows.map(({ callbackId }) => (
            <li key={callbackId} className="flex items-start gap-2 px-3 py-2">
              {good ? (
                <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
              ) : (
                <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
              )}
              <span className="min-w-0">
                <span className="block truncate font-medium">{requests.get(callbackId)}</span>
                <span className={cn("block", good ? "text-muted" : "text-ink")}>{why}</span>
              </span>
            </li>
          )),
        )}
      </ul>
    </div>
  );
}
