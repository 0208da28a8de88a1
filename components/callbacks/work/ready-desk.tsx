"use client";

import { useQuery } from "@tanstack/react-query";
import { PhoneForwarded } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { PageBody } from "@/components/ui/page-body";
import { useShortcuts } from "@/components/ui/shortcuts";
import { ThumbBar } from "@/components/ui/thumb-bar";
import type { QueueCounts } from "@/server/callbacks/count";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

type ReadyDeskProps = {
  initial: QueueCounts;
  /** The last time nothing could be taken. */
  nothing: boolean;
  pending: boolean;
  onNext: () => void;
};

/** Nothing in hand: how much waits, and the one button. */
export function ReadyDesk({ initial, nothing, pending, onNext }: ReadyDeskProps) {
  const trpc = useTRPC();
  const { data: counts } = useQuery(
    trpc.callbacks.counts.queryOptions(undefined, { initialData: initial, refetchInterval: 30_000 }),
  );
  useLive(["callbacks"], trpc.callbacks.counts.queryFilter());
  useShortcuts([{ keys: "n", label: "Next callback", group: "Callbacks", run: onNext }], !pending);
  const waiting = counts.pending;
  const sentence =
    waiting === 0
      ? "Nobody waits right now. New requests appear here by themselves."
      : `${formatCount(waiting)} ${waiting === 1 ? "customer waits" : "customers wait"}${counts.overdue > 0 ? `, ${formatCount(counts.overdue)} overdue` : ""}.`;
  return (
    <PageBody>
      <div className="flex flex-col items-center gap-4 py-10 text-center md:py-16">
        <p className="font-medium text-xl">{sentence}</p>
        {nothing && waiting > 0 && (
          <p className="max-w-sm text-muted text-sm">
            None of them can be taken now: they belong to others, or their next call is later.
          </p>
        )}
        <ThumbBar>
          <Button
            variant="primary"
            loading={pending}
            icon={<PhoneForwarded aria-hidden />}
            className="h-12 text-lg md:w-xs"
            onClick={onNext}
          >
            Next callback
          </Button>
        </ThumbBar>
        <p className="flex items-center gap-1.5 text-faint text-xs max-md:hidden">
          or press <Kbd keys="n" />
        </p>
      </div>
    </PageBody>
  );
}
