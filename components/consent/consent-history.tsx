"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { CustomerConsent } from "@/server/consent/get-customer-consent";
import { useTRPCClient } from "@/server/trpc/react";
import { aboutWords, actionLooks, byWords, proofWords } from "./words";

type ConsentHistoryProps = {
  customerId: string;
  first: Pick<CustomerConsent, "history" | "older">;
  zone: string;
};

/** Everything that was said, newest first, with the words and the proof. Folded: the rows above say what stands. */
export function ConsentHistory({ customerId, first, zone }: ConsentHistoryProps) {
  const { consent } = useTRPCClient();
  const [more, setMore] = useState<Pick<CustomerConsent, "history" | "older"> | null>(null);
  const [pending, startTransition] = useTransition();
  if (first.history.length === 0) return null;
  const known = new Set(first.history.map(({ id }) => id));
  const entries = [...first.history, ...(more?.history ?? []).filter(({ id }) => !known.has(id))];
  const older = more ? more.older : first.older;
  const readOlder = () =>
    startTransition(async () => {
      const page = await consent.ofCustomer.query({ customerId, after: entries.at(-1)?.id });
      setMore({ history: [...(more?.history ?? []), ...page.history], older: page.older });
    });
  return (
    <details className="border-line border-t">
      <summary className="cursor-pointer px-4 py-2.5 text-sm hover:bg-hover">What was said</summary>
      <ol className="divide-y divide-line border-line border-t">
        {entries.map((entry) => (
          <li key={entry.id} className="px-4 py-2 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <StatusBadge {...actionLooks[entry.action]} />
              <span className="min-w-0 flex-1">{aboutWords(entry)}</span>
              <span className="text-muted text-xs">
                <Time value={entry.at} zone={zone} />
              </span>
            </div>
            {entry.textShown && <p className="mt-1 break-words">“{entry.textShown}”</p>}
            <p className="break-words text-muted text-xs">
              {byWords(entry)} · {proofWords(entry)}
            </p>
          </li>
        ))}
      </ol>
      {older && (
        <div className="border-line border-t px-4 py-2">
          <Button size="sm" variant="ghost" loading={pending} onClick={readOlder}>
            Older entries
          </Button>
        </div>
      )}
    </details>
  );
}
