"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Ban, RotateCcw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import type { RunDetail } from "@/server/workflows/get-run";
import { mayAct } from "@/server/workflows/status";
import { subjectWords } from "./words";

type RunActsProps = { detail: RunDetail; name: string };

/** Try again or cancel, whichever the run's state allows; each asks once and says what it does. */
export function RunActs({ detail: { run, steps, subject }, name }: RunActsProps) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const done = steps.filter(({ state }) => state === "done").length;
  const kept =
    done === 0
      ? "No step has finished"
      : `${formatCount(done)} finished ${done === 1 ? "step stays" : "steps stay"} done`;
  const which = subject ? `“${name}” for ${subjectWords(subject)}` : `this run of “${name}”`;
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
        title={`Try ${which} again?`}
        description={`${done === 0 ? "Everything is done again" : `${kept}; the rest is done again`}, with all its attempts. What was done about the failure is not taken back.`}
        confirmLabel="Try again"
        danger={false}
        onConfirm={() => act(client.workflows.retry.mutate({ runId: run.id }), "The run goes on")}
      />
    );
  return (
    <ConfirmDialog
      trigger={<Button icon={<Ban aria-hidden />}>Cancel this run</Button>}
      title={`Cancel ${which}?`}
      description={`${kept}; nothing more is run. Only the workflow ends: a campaign or an import keeps the state that it has now. You can try it again later.`}
      confirmLabel="Cancel this run"
      cancelLabel="Keep it"
      onConfirm={() => act(client.workflows.cancel.mutate({ runId: run.id }), "The run was cancelled")}
    />
  );
}
