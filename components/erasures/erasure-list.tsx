"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import type { ErasureLine } from "@/server/erasures/list";
import { useTRPC } from "@/server/trpc/react";

type Place = { after?: string; before?: string };

/** Who is to be forgotten and who was: the proof for whoever asks. */
export function ErasureList({ zone }: { zone: string }) {
  const trpc = useTRPC();
  const [place, setPlace] = useState<Place>({});
  const query = useQuery(trpc.erasures.list.queryOptions(place));
  useLive(["erasures"], trpc.erasures.list.queryFilter());
  const page = query.data;
  return (
    <Section title="Erasures" description="Asked for on the page of a customer, under “More”.">
      {query.error && <p className="text-danger text-sm">{query.error.message}</p>}
      {!page && !query.error && <Skeleton className="h-24" />}
      {page?.rows.length === 0 && <p className="text-muted text-sm">Nobody was erased yet.</p>}
      {page && page.rows.length > 0 && (
        <ul className="divide-y divide-line rounded-md border border-line">
          {page.rows.map((line) => (
            <ErasureRow key={line.id} line={line} zone={zone} />
          ))}
        </ul>
      )}
      {page && (page.previous || page.next) && (
        <div className="flex justify-end gap-2">
          <Button
            size="sm"
            disabled={!page.previous}
            onClick={() => page.previous && setPlace({ before: page.previous })}
          >
            Newer
          </Button>
          <Button size="sm" disabled={!page.next} onClick={() => page.next && setPlace({ after: page.next })}>
            Older
          </Button>
        </div>
      )}
    </Section>
  );
}

function ErasureRow({ line, zone }: { line: ErasureLine; zone: string }) {
  const { customerId, name, requestedBy, requestedAt, dueAt, doneAt, cancelledAt } = line;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2.5 text-sm">
      <Link
        href={`/customers/${customerId}`}
        className="min-w-0 flex-1 basis-40 truncate font-medium hover:underline"
      >
        {name ?? (doneAt ? "Erased customer" : "Customer without a name")}
      </Link>
      <span className="text-muted">
        <Time value={requestedAt} zone={zone} />, {requestedBy ?? "somebody who has left"}
      </span>
      {doneAt ? (
        <StatusBadge tone="good" label="Erased" />
      ) : cancelledAt ? (
        <StatusBadge tone="neutral" label="Taken back" />
      ) : (
        <span className="flex items-center gap-2">
          <StatusBadge tone="attention" label="Waits" />
          <span className="text-muted">
            until <Time value={dueAt} zone={zone} />
          </span>
        </span>
      )}
    </li>
  );
}
