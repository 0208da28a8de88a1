"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { SidePanel } from "@/components/ui/side-panel";
import { Skeleton } from "@/components/ui/skeleton";
import { useUrl } from "@/components/ui/use-url";
import { useTRPC } from "@/server/trpc/react";
import type { RunDetail } from "@/server/workflows/get-run";
import { mayAct } from "@/server/workflows/status";
import { JsonBlock } from "./json-block";
import { RunActs } from "./run-acts";
import { RunFacts } from "./run-facts";
import { RunNext } from "./run-next";
import { RunStateBadge } from "./run-state-badge";
import { RunSteps } from "./run-steps";
import { functionWords, type KnownFunctions } from "./words";

/** A live run moves by itself; an ended one only when somebody tries it again. */
const LIVE_MS = 2_000;
const ENDED_MS = 10_000;

type RunPanelProps = { runId: string; functions: KnownFunctions; zone: string };

/** One run beside the list, as it lives in the engine. */
export function RunPanel({ runId, functions, zone }: RunPanelProps) {
  const trpc = useTRPC();
  const { openHref } = useUrl();
  const query = useQuery(
    trpc.workflows.get.queryOptions(
      { runId },
      {
        refetchInterval: ({ state: { data } }) =>
          data !== undefined && (data.run.endedAt ? ENDED_MS : LIVE_MS),
      },
    ),
  );
  const detail = query.data;
  const name = detail ? functionWords(functions, detail.run.functionId) : "Run";
  return (
    <SidePanel
      title={name}
      status={detail && <RunStateBadge state={detail.run.state} />}
      footer={detail && detail.run.state !== "completed" && <RunActs detail={detail} name={name} />}
    >
      {query.isError && (
        <Refused missing={query.error.data?.code === "NOT_FOUND"} message={query.error.message} />
      )}
      {!detail && query.isPending && <Loading />}
      {detail && <Sections detail={detail} functions={functions} zone={zone} hrefOf={openHref} />}
    </SidePanel>
  );
}

type SectionsProps = {
  detail: RunDetail;
  functions: KnownFunctions;
  zone: string;
  hrefOf: (runId: string) => string;
};

function Sections({ detail, functions, zone, hrefOf }: SectionsProps) {
  const { run, events } = detail;
  return (
    <div className="flex flex-col gap-5">
      {run.error && run.state !== "cancelled" && (
        <Notice tone="danger" title="Why it failed">
          <span className="break-words">{run.error.message}</span>
        </Notice>
      )}
      <RunFacts detail={detail} zone={zone} />
      {mayAct("cancel", run.state) && (
        <RunNext detail={detail} functions={functions} zone={zone} hrefOf={hrefOf} />
      )}
      <section aria-label="Steps">
        <h3 className="mb-2 font-medium">Steps</h3>
        <RunSteps detail={detail} zone={zone} />
      </section>
      <section aria-label="Event" className="flex flex-col gap-2">
        <h3 className="font-medium">{events.length === 1 ? "Event" : `${events.length} events`}</h3>
        {events.map((event, index) => (
          <JsonBlock
            // biome-ignore lint/suspicious/noArrayIndexKey: the events of a run never change
            key={index}
            label={run.eventName}
            value={event.data}
          />
        ))}
      </section>
      {run.state === "completed" && <JsonBlock label="Result" value={run.output} />}
    </div>
  );
}

function Refused({ missing, message }: { missing: boolean; message: string }) {
  if (!missing) return <Notice tone="attention">{message}</Notice>;
  return (
    <EmptyState icon={SearchX} title="This run is not here">
      Ended runs are deleted after a while, or the link belongs to another workspace.
    </EmptyState>
  );
}

const Loading = () => (
  <div role="status" aria-label="Loading" className="flex flex-col gap-3">
    <Skeleton className="w-40" />
    <Skeleton className="w-64" />
    <Skeleton className="w-52" />
  </div>
);
