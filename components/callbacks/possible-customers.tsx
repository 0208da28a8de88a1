"use client";

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useDeferredValue, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { CallbackDetail } from "@/server/callbacks/get";
import { tierLabels } from "@/server/customers/schemas";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type PossibleCustomersProps = { callback: CallbackDetail; opensCustomers: boolean; lead: boolean };

/** Who may have asked, of those who share the number; whoever speaks with them says which one it is. */
export function PossibleCustomers({ callback, opensCustomers, lead }: PossibleCustomersProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const { id: callbackId, hold, possible, closedAt } = callback;
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const found = useQuery(
    trpc.callbacks.possible.queryOptions(
      { callbackId, search },
      { enabled: search !== "", placeholderData: keepPreviousData },
    ),
  );
  const { customers, total } = (search !== "" && found.data) || possible;
  if (possible.total === 0)
    return (
      <p className="text-muted text-sm">
        {closedAt ? "No customer was named." : "Nobody among the customers has this number."}
      </p>
    );
  const name = (customerId: string) =>
    start(async () => {
      setProblem(null);
      try {
        await client.callbacks.nameCustomer.mutate({ callbackId, generation: hold?.generation, customerId });
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "It was not saved. Try again.");
      }
    });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">
        {possible.total === 1
          ? "A customer has this number or e-mail. Is it them?"
          : "Several customers have this number or e-mail. Ask who it is."}
      </p>
      {problem && <Notice tone="danger">{problem}</Notice>}
      {possible.total > possible.customers.length && (
        <Input
          type="search"
          aria-label="Find by name or city"
          placeholder="Find by name or city"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      )}
      <ul aria-label="Possible customers" className="flex flex-col divide-y divide-line">
        {customers.map((customer) => (
          <li key={customer.id} className="flex items-center justify-between gap-3 py-2 text-sm last:pb-0">
            <span className="min-w-0">
              {opensCustomers ? (
                <Link className="text-accent-ink hover:underline" href={`/customers/${customer.id}`}>
                  {customer.name}
                </Link>
              ) : (
                customer.name
              )}
              <span className="block text-muted text-xs">
                {[tierLabels[customer.tier], customer.city].filter(Boolean).join(" · ")}
              </span>
            </span>
            {(hold || lead) && (
              <Button size="sm" disabled={pending} onClick={() => name(customer.id)}>
                This is them<span className="sr-only">: {customer.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(customers.length < total || search !== "") && (
        <p role="status" className="text-muted text-xs">
          {customers.length} of {total}
          {customers.length < total && ". Find the others by their name."}
        </p>
      )}
    </div>
  );
}
