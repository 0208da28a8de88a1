"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { CallbackDetail } from "@/server/callbacks/get";
import { tierLabels } from "@/server/customers/schemas";
import { useTRPC } from "@/server/trpc/react";
import type { Naming } from "./use-naming";

type PossibleCustomersProps = {
  callback: CallbackDetail;
  opensCustomers: boolean;
  /** Null: the reader may not say who it is. */
  naming: Naming | null;
};

/** Who may have asked, of those who share the number; whoever speaks with them says which one it is. */
export function PossibleCustomers({ callback, opensCustomers, naming }: PossibleCustomersProps) {
  const trpc = useTRPC();
  const { id: callbackId, possible, closedAt } = callback;
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
        {closedAt ? "No customer was named." : "No customer that you may see has this number."}
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      <p className="text-muted text-sm">
        {possible.total === 1
          ? "A customer has this number or e-mail. Is it them?"
          : "Several customers have this number or e-mail. Ask who it is."}
      </p>
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
            {naming && (
              <Button size="sm" disabled={naming.pending} onClick={() => naming.name(customer)}>
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
