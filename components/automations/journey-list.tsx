"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Route } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { JourneyPage } from "@/server/automations/list-journeys";
import { useTRPC } from "@/server/trpc/react";
import { JourneyCard } from "./journey-card";
import { useChoices } from "./use-choices";

type JourneyListProps = { customerId: string; initial: JourneyPage; zone: string };

/** The automations that a customer is in or went through, latest first, live. */
export function JourneyList({ customerId, initial, zone }: JourneyListProps) {
  const trpc = useTRPC();
  const { segmentName } = useChoices();
  /** The last journeys of the pages before this one. */
  const [before, setBefore] = useState<string[]>([]);
  const after = before.at(-1) ?? null;
  const { data } = useQuery(
    trpc.automations.journeys.queryOptions(
      { customerId, after },
      after === null ? { initialData: initial } : { placeholderData: keepPreviousData },
    ),
  );
  useLive([`customer:${customerId}`], trpc.automations.journeys.queryFilter());
  const { rows, next } = data ?? initial;
  if (rows.length === 0)
    return (
      <EmptyState icon={Route} title="In no automation yet" className="rounded-md border border-line">
        When something that an automated campaign waits for happens to this customer, their way through it
        shows up here.
      </EmptyState>
    );
  return (
    <section aria-label="Automations" className="flex flex-col gap-4">
      {rows.map((journey) => (
        <JourneyCard key={journey.id} journey={journey} segmentName={segmentName} zone={zone} />
      ))}
      {(before.length > 0 || next) && (
        <div className="flex gap-2">
          <Button size="sm" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
            Newer
          </Button>
          <Button size="sm" disabled={next === null} onClick={() => next && setBefore([...before, next])}>
            Older
          </Button>
        </div>
      )}
      <p className="text-muted text-sm">
        Who enters, and what follows, is set in each{" "}
        <Link href="/campaigns" className="rounded-sm text-accent-ink underline underline-offset-2">
          campaign
        </Link>
        .
      </p>
    </section>
  );
}
