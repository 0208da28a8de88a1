"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { CustomerPolicies } from "@/server/policies/list";
import { useTRPC } from "@/server/trpc/react";
import { PolicyCard } from "./policy-card";
import { AddPolicy } from "./policy-drawers";

type PolicyListProps = { customerId: string; initial: CustomerPolicies; zone: string; mayEdit: boolean };

/** The policies of a customer with their payments, and how recent what is known of payments is. */
export function PolicyList({ customerId, initial, zone, mayEdit }: PolicyListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.policies.list.queryOptions({ customerId }, { initialData: initial }));
  useLive([`customer:${customerId}`, "customers"], trpc.policies.list.queryFilter({ customerId }));
  const { policies, today, paymentsAsOf } = query.data;
  const add = mayEdit && <AddPolicy customerId={customerId} />;
  if (policies.length === 0)
    return (
      <Card flush>
        <EmptyState icon={ShieldCheck} title="No policies yet" action={add}>
          Policies come with the insurer's file, or are added here by hand.
        </EmptyState>
      </Card>
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-muted text-sm">
          {paymentsAsOf ? (
            <>
              Payments as of <Time value={paymentsAsOf} zone={zone} />
            </>
          ) : (
            "No file with payments was imported yet."
          )}
        </p>
        {add}
      </div>
      {policies.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} today={today} mayEdit={mayEdit} />
      ))}
    </div>
  );
}
