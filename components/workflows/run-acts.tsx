"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ban, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import type { RunDetail } from "@/server/workflows/get-run";
import { mayAct } from "@/server/workflows/status";
import { stepCount, subjectWords } from "./words";

type RunActsProps = { detail: RunDetail; name: string };

/** Try again or cancel, whichever the run's state allows; each asks once and says what it does. */
export function RunActs({ detail: { run, steps, subject }, name }: RunActsProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const done = steps.filter(({ state }) => state === "done").length;
  const kept =
    done === 0
      ? "No step of it has finished."
      : `${stepCount(done)} done so far ${done === 1 ? "stays" : "stay"} done.`;
  const about = subject ? ` It is about ${subjectWords(subject)}.` : "";
  const act = async (work: Promise<void>, words: string) => {
    try {
      await work;
      toast.success(words);
    } finally {
      await queryClient.invalidateQueries({ queryKey: trpc.workflows.pathKey() });
    }
  };
  if (mayAct("retry", run.state))
    return (
      <ConfirmDialog
        trigger={<Button icon={<RotateCcw aria-hidden />}>Try again</Button>}
        title={`Try this run of “${name}” again?`}
        description={`${kept} The rest is done again, with all its attempts.${about} What was done about the failure is not taken back.`}
        confirmLabel="Try again"
        danger={false}
        onConfirm={() => act(client.workflows.retry.mutate({ runId: run.id }), "The run goes on")}
      />
    );
  return (
    <ConfirmDialog
      trigger={<Button icon={<Ban aria-hidden />}>Cancel this run</Button>}
      title={`Cancel this run of “${name}”?`}
      description={`${kept} Nothing more of it is run.${about} Only the workflow ends: a campaign or an import keeps the state that it has now.`}
      confirmLabel="Cancel this run"
      cancelLabel="Keep it"
      onConfirm={() => act(client.workflows.cancel.mutate({ runId: run.id }), "The run was cancelled")}
    />
  );
}
