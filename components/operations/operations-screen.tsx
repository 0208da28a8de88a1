"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Notice } from "@/components/ui/notice";
import type { OperationsOverview } from "@/server/operations/get-overview";
import { formatBytes, formatCount, nothing } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { Findings } from "./findings";
import { PartList } from "./part-list";
import { waiting } from "./words";

const LOOK_MS = 10_000;

/** What is wrong first, then each part and what waits. */
export function OperationsScreen({ initial }: { initial: OperationsOverview }) {
  const trpc = useTRPC();
  const { data, isError } = useQuery(
    trpc.operations.overview.queryOptions(undefined, {
      initialData: initial,
      staleTime: 0,
      refetchInterval: LOOK_MS,
    }),
  );
  return (
    <div className="flex flex-col gap-5">
      {isError && (
        <Notice tone="danger" title="Ringback does not answer.">
          The web process or the database is away; what stands below is what was known before. Start Ringback
          again, and look into ringback.log in the data directory. /readyz says which part is missing.
        </Notice>
      )}
      {!isError && <Findings findings={data.findings} />}
      <div className="grid gap-5 lg:grid-cols-2">
        <PartList look={data.look} />
        <Waiting overview={data} />
      </div>
    </div>
  );
}

function Waiting({ overview: { look, workspace } }: { overview: OperationsOverview }) {
  const { database, disk, engine } = look;
  const figures = database?.figures;
  const runs = engine.kind === "answers" ? engine.runs : null;
  return (
    <Card title="What waits" description="Of this workspace, and of the whole installation.">
      <DescriptionList
        items={[
          {
            term: "Messages of this workspace",
            value: waiting(workspace.pending, workspace.oldestPendingSeconds),
          },
          {
            term: "Messages in all",
            value: figures
              ? `${waiting(figures.pending + figures.sending, figures.oldestPendingSeconds)}; ${formatCount(figures.held)} held until later, ${formatCount(figures.retrying)} to be tried again`
              : nothing,
          },
          {
            term: "Events for workflows",
            value: figures ? waiting(figures.outboxUnsent, figures.outboxOldestSeconds) : nothing,
          },
          {
            term: "Workflow runs",
            value: runs
              ? `${formatCount(runs.queued)} queued, ${formatCount(runs.running)} running, ${formatCount(runs.waiting)} waiting; ${formatCount(runs.failed)} failed in the last day`
              : nothing,
          },
          {
            term: "Provider reports",
            value: figures ? waiting(figures.receiptsOpen, figures.receiptsOldestSeconds) : nothing,
          },
          {
            term: "Customers to look at again",
            value: figures ? formatCount(figures.touchedCustomers) : nothing,
          },
          {
            term: "Database",
            value: figures
              ? `${formatBytes(figures.databaseBytes)}, ${formatCount(figures.connections)} of ${formatCount(figures.mostConnections)} connections`
              : nothing,
          },
          {
            term: "Disk",
            value: disk
              ? `${formatBytes(disk.freeBytes)} free of ${formatBytes(disk.totalBytes)}`
              : "Cannot be read here",
          },
        ]}
      />
    </Card>
  );
}
