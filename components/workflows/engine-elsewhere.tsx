"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Workflow } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { useTRPC } from "@/server/trpc/react";
import type { WorkflowOverview } from "@/server/workflows/get-overview";

const ASK_MS = 2_000;

type EngineElsewhereProps = { overview: Exclude<WorkflowOverview, { engine: "embedded" }> };

/** Instead of the list: where the runs are looked at, or that the engine is away. Comes back by itself with the engine. */
export function EngineElsewhere({ overview }: EngineElsewhereProps) {
  if (overview.engine === "unreachable") return <EngineAway overview={overview} />;
  return (
    <EmptyState
      icon={Workflow}
      title="Runs are in Inngest"
      action={
        <Button asChild>
          <a href={overview.consoleUrl} target="_blank" rel="noreferrer">
            Open its console
            <ExternalLink aria-hidden />
          </a>
        </Button>
      }
    >
      This installation runs its workflows on Inngest, so its runs are looked at, tried again and cancelled in
      Inngest's own console.
    </EmptyState>
  );
}

function EngineAway({ overview }: { overview: Extract<WorkflowOverview, { engine: "unreachable" }> }) {
  const trpc = useTRPC();
  const router = useRouter();
  const { data } = useQuery(
    trpc.workflows.overview.queryOptions(undefined, { initialData: overview, refetchInterval: ASK_MS }),
  );
  useEffect(() => {
    if (data.engine !== "unreachable") router.refresh();
  }, [data.engine, router]);
  return (
    <ErrorState title="The workflow engine is away">
      {data.engine === "unreachable" ? data.message : overview.message} This screen comes back by itself.
    </ErrorState>
  );
}
