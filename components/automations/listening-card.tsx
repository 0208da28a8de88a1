"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { AutomationView } from "@/server/automations/get";
import type { Automated } from "@/server/automations/schemas";
import { entryStatuses } from "@/server/automations/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { InsideCard } from "./inside-card";
import { reasonWords } from "./step-words";
import { triggerWords } from "./trigger-words";
import { useChoices } from "./use-choices";

type ListeningCardProps = {
  campaignId: string;
  schedule: Automated;
  /** Messages that wait for their hour, or to be tried again. */
  waiting: number;
  zone: string;
};

/** What an automated campaign has done so far: who entered, by which trigger, and since when it listens. */
export function ListeningCard({ campaignId, schedule, waiting, zone }: ListeningCardProps) {
  const trpc = useTRPC();
  const { segmentName } = useChoices();
  const { data } = useQuery(trpc.automations.get.queryOptions({ id: campaignId }));
  useLive([`campaign:${campaignId}`], trpc.automations.get.queryFilter({ id: campaignId }));
  if (!data) return null;
  const counts = new Map(data.byTrigger.map(({ place, entries }) => [place, entries]));
  return (
    <>
      {data.skippedDays > 0 && (
        <Notice tone="attention" title={`${formatCount(data.skippedDays)} days were skipped`}>
          Ringback was not running for more than a day. Triggers of the last 24 hours were made up for, older
          ones not.
        </Notice>
      )}
      <KeyFigures columns={4}>
        <KeyFigure
          label="Entered"
          value={formatCount(data.entries)}
          basis="Customers let in since it was switched on"
        />
        <KeyFigure label="Last 24 hours" value={formatCount(data.today)} basis="Customers let in" />
        <KeyFigure
          label="Waiting"
          value={formatCount(waiting)}
          basis="Messages that wait for their hour or a retry"
        />
        <KeyFigure label="Version" value={String(data.version)} basis="The version that lets customers in" />
      </KeyFigures>
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Triggers" description={<ListensSince at={data.listensSince} zone={zone} />}>
          <ul className="flex flex-col gap-1.5">
            {schedule.triggers.map((trigger, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: triggers have no name but their place
              <li key={place} className="flex justify-between gap-3">
                <span className="min-w-0">{triggerWords(trigger, segmentName)}</span>
                <span className="tabular-nums">{formatCount(counts.get(place) ?? 0)}</span>
              </li>
            ))}
          </ul>
        </Card>
        <Card title="Entered last">
          {data.latest.length === 0 ? (
            <p className="text-muted">Nobody yet. Whoever enters shows up here at once.</p>
          ) : (
            <ul className="flex flex-col gap-1.5">
              {data.latest.map(({ customerId, name, place, at, ...entry }) => (
                <li key={`${customerId} ${place} ${at}`} className="flex flex-wrap justify-between gap-x-3">
                  <Link
                    href={`/customers/${customerId}?tab=automations`}
                    className="rounded-sm text-accent-ink hover:underline"
                  >
                    {name || "A customer without a name"}
                  </Link>
                  <span className="text-muted text-sm">
                    {schedule.steps.length > 0 && `${placeWords(entry)} · `}
                    <Time value={at} zone={zone} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
      {schedule.steps.length > 0 && <InsideCard schedule={schedule} view={data} campaignId={campaignId} />}
    </>
  );
}

const ListensSince = ({ at, zone }: { at: string; zone: string }) => (
  <>
    Listens since <Time value={at} zone={zone} show="exact" />
  </>
);

const placeWords = ({
  status,
  step,
  reason,
}: Pick<AutomationView["latest"][number], "status" | "step" | "reason">) =>
  status === "inside"
    ? `At step ${step}`
    : `${entryStatuses[status].label}${reason ? `: ${reasonWords(reason)}` : ""}`;
