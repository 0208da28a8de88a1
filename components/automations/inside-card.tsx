"use client";

import { RotateCcw } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { toast } from "@/components/ui/toaster";
import type { AutomationView } from "@/server/automations/get";
import type { Automated } from "@/server/automations/schemas";
import { entryStatuses } from "@/server/automations/status";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { reasonWords, stepWords } from "./step-words";
import { useChoices } from "./use-choices";

type InsideCardProps = { schedule: Automated; view: AutomationView; campaignId: string };

/** How many wait at each step, how the others ended, and what failed, to be tried again. */
export function InsideCard({ schedule, view, campaignId }: InsideCardProps) {
  const client = useTRPCClient();
  const { segmentName } = useChoices();
  const [retrying, setRetrying] = useState(false);
  const inside = new Map(view.steps.map((each) => [each.step, each.inside]));
  const failed = view.ends.filter(({ status }) => status === "failed");
  const retry = async () => {
    setRetrying(true);
    try {
      const { retried } = await client.automations.retry.mutate({ id: campaignId });
      toast.success(`${formatCount(retried)} go on`);
    } catch (error) {
      toast.error((error as Error).message);
    } finally {
      setRetrying(false);
    }
  };
  return (
    <Card
      title="After the first message"
      actions={
        failed.length > 0 && (
          <Button size="sm" icon={<RotateCcw aria-hidden />} loading={retrying} onClick={() => void retry()}>
            Try the failed again
          </Button>
        )
      }
    >
      <ol className="flex flex-col gap-1.5">
        {schedule.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name but their place
          <li key={place} className="flex justify-between gap-3">
            <span className="min-w-0">
              {place + 1}. {stepWords(step, segmentName)}
            </span>
            <span className="shrink-0 text-muted tabular-nums">
              {formatCount(inside.get(place + 1) ?? 0)} inside
            </span>
          </li>
        ))}
      </ol>
      {view.ends.length > 0 && (
        <ul className="mt-3 flex flex-col gap-1 border-line border-t pt-3 text-sm">
          {view.ends.map(({ status, reason, entries }) => (
            <li key={`${status} ${reason}`} className="flex justify-between gap-3">
              <span className="min-w-0">
                {entryStatuses[status].label}
                {reason && `: ${reasonWords(reason)}`}
              </span>
              <span className="tabular-nums">{formatCount(entries)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
