"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Skeleton } from "@/components/ui/skeleton";
import type { CustomerDetail } from "@/server/customers/get";
import { useTRPC } from "@/server/trpc/react";
import { Entry, type Reader } from "./entry";

const SHOWN = 6;

/** What happened last, beside the list; the page has the rest. */
export function LatestEntries({ customer, reader }: { customer: CustomerDetail; reader: Reader }) {
  const trpc = useTRPC();
  const input = { customerId: customer.id, limit: SHOWN };
  const query = useQuery(trpc.customers.timeline.queryOptions(input));
  useLive([`customer:${customer.id}`], trpc.customers.timeline.queryFilter(input));
  if (query.isError) return <p className="text-muted text-sm">What happened last could not be loaded.</p>;
  if (!query.data) return <Skeleton className="h-24" />;
  if (query.data.entries.length === 0) return <p className="text-muted text-sm">Nothing has happened yet.</p>;
  return (
    <>
      <ol>
        {query.data.entries.map((entry) => (
          <Entry key={entry.id} entry={entry} customer={customer} reader={reader} />
        ))}
      </ol>
      {query.data.next && (
        <Link href={`/customers/${customer.id}`} className="text-accent-ink text-sm hover:underline">
          Show the whole timeline
        </Link>
      )}
    </>
  );
}
