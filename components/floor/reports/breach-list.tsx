"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { typeLabel } from "@/components/sla/policy-words";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import type { BreachLine } from "@/server/floor/breaches";
import { formatDateTime, formatDuration, formatTime } from "@/server/platform/format";
import type { ExplainedBreach } from "@/server/sla/explain";
import { useTRPC } from "@/server/trpc/react";

type BreachListProps = { from: string | null; until: string | null; zone: string };

const promises: Record<BreachLine["metric"], string> = {
  first_attempt: "First attempt",
  first_contact: "First talk",
  resolution: "Resolution",
  promise: "Promised time",
};

const reasons: Record<string, string> = {
  customer_asked_for_later: "the customer asked for later",
  waiting_on_customer: "waiting for the customer",
  outside_dial_window: "outside the hours in which they may be called",
};

/** Missed targets, the latest first, each with the stretches that made its due time. */
export function BreachList({ from, until, zone }: BreachListProps) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.floor.breaches.infiniteQueryOptions({ from, until }, { getNextPageParam: (page) => page.next }),
  );
  if (query.isPending)
    return (
      <p role="status" aria-label="Loading">
        <Spinner className="text-faint" />
      </p>
    );
  if (query.error) return <Notice tone="danger">{query.error.message}</Notice>;
  const rows = query.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return <EmptyState title="No target was missed">In these days every clock stopped in time.</EmptyState>;
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface">
        {rows.map((row) => (
          <Breach key={`${row.callbackId} ${row.metric} ${row.cycle}`} row={row} zone={zone} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          className="self-start"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function Breach({ row, zone }: { row: BreachLine; zone: string }) {
  const { breachedAt, stoppedAt, explained } = row;
  const late = stoppedAt
    ? `stopped ${formatDateTime(stoppedAt, zone)}, ${lateBy(breachedAt, stoppedAt)} late`
    : "still open";
  return (
    <li className="flex flex-col gap-2 px-4 py-3">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Link href={`/callbacks/${row.callbackId}`} className="rounded-sm font-medium hover:text-accent-ink">
          {row.customerName || `Caller …${row.phoneEnd}`}
        </Link>
        <span className="text-muted text-sm">
          {[typeLabel(row.requestType), row.agentName].filter(Boolean).join(" · ")}
        </span>
      </p>
      <p className="text-sm">
        {promises[row.metric]} was due{" "}
        <span className="font-medium">{formatDateTime(breachedAt, zone, true)}</span>, {late}.
      </p>
      {explained && <Why explained={explained} zone={zone} />}
    </li>
  );
}

const lateBy = (due: string, stopped: string): string =>
  formatDuration(Math.round((Date.parse(stopped) - Date.parse(due)) / 1_000));

const lasted = (ms: number): string => formatDuration(Math.round(ms / 1_000));

function Why({ explained, zone }: { explained: ExplainedBreach; zone: string }) {
  const { intervals, counted, target, dueAt, startedAt, calendarName, policyName, policyVersion } = explained;
  const policy = policyName ? `${policyName}, version ${policyVersion}` : "no policy";
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-ink">
        Due {formatTime(dueAt, zone)} because {lasted(counted)} had counted since{" "}
        {sameDay(startedAt, dueAt, zone) ? formatTime(startedAt, zone) : formatDateTime(startedAt, zone)}
      </summary>
      <div className="mt-2 overflow-x-auto">
        <table className="min-w-80 text-sm">
          <tbody>
            {intervals.map(({ from, to, kind, reason, ms }) => (
              <tr key={from} className={kind === "counted" ? undefined : "text-muted"}>
                <td className="py-0.5 pr-4 tabular-nums">
                  {formatDateTime(from, zone)} –{" "}
                  {sameDay(from, to, zone) ? formatTime(to, zone) : formatDateTime(to, zone)}
                </td>
                <td className="py-0.5 pr-4">
                  {kind === "counted" && "counted"}
                  {kind === "closed" && "closed, not counted"}
                  {kind === "paused" && `stood still: ${reasons[reason ?? ""] ?? reason}`}
                </td>
                <td className="whitespace-nowrap py-0.5 text-right tabular-nums">
                  {kind === "counted" ? `${ms / 1_000} s` : "0 s"}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="border-line border-t font-medium">
              <td className="py-1 pr-4">Together</td>
              <td className="py-1 pr-4 font-normal text-muted">of a target of {lasted(target)}</td>
              <td className="whitespace-nowrap py-1 text-right tabular-nums">{counted / 1_000} s</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="mt-1 text-faint text-xs">
        Promised by {policy}, counted by {calendarName ?? "the clock"}.
      </p>
      {explained.retargets.map(({ at, target: next }) => (
        <p key={at} className="text-faint text-xs">
          The target became {lasted(next)} at {formatDateTime(at, zone, true)}; what had counted stayed.
        </p>
      ))}
    </details>
  );
}

const sameDay = (one: string, other: string, zone: string): boolean =>
  formatDateTime(one, zone).split(",")[0] === formatDateTime(other, zone).split(",")[0];
