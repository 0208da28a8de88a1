"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { Spinner } from "@/components/ui/spinner";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { useTRPC } from "@/server/trpc/react";

const states: Record<string, { tone: Tone; label: string }> = {
  sending: { tone: "information", label: "Sending" },
  accepted: { tone: "information", label: "Accepted by the provider" },
  delivered: { tone: "good", label: "Delivered" },
  read: { tone: "good", label: "Read" },
  failed: { tone: "danger", label: "Failed" },
};

/** What became of a test, as soon as it is known. */
export function TestState({
  outcome,
}: {
  outcome: { testId: string } | { problem: string } | "sending" | undefined;
}) {
  if (outcome === undefined) return null;
  if (outcome === "sending") return <Spinner className="text-faint" />;
  if ("problem" in outcome)
    return (
      <p role="alert" className="basis-full text-danger text-sm">
        {outcome.problem}
      </p>
    );
  return <SentTest testId={outcome.testId} />;
}

function SentTest({ testId }: { testId: string }) {
  const trpc = useTRPC();
  const test = useQuery(trpc.campaigns.test.queryOptions({ testId }));
  useLive(["channels"], trpc.campaigns.test.queryFilter({ testId }));
  if (!test.data) return <Spinner />;
  const { tone, label } = states[test.data.state] ?? { tone: "neutral" as const, label: test.data.state };
  return (
    <>
      <StatusBadge tone={tone} label={label} />
      {test.data.sentence && <p className="basis-full text-danger text-sm">{test.data.sentence}</p>}
    </>
  );
}
