"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { CustomerPolicies } from "@/server/policies/list";
import { useTRPC } from "@/server/trpc/react";
import { PolicyCard } from "./policy-card";
import { AddPolicy } from "./policy-drawers";

type PolicyListProps = { customerId: string; initial: CustomerPolicies; mayEdit: boolean };

/** The policies of a customer with their payments. */
export function PolicyList({ customerId, initial, mayEdit }: PolicyListProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.policies.list.queryOptions({ customerId }, { initialData: initial }));
  useLive([`customer:${customerId}`, "customers"], trpc.policies.list.queryFilter({ customerId }));
  const { policies, today } = query.data;
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
      {add && <div className="flex justify-end">{add}</div>}
      {policies.map((policy) => (
        <PolicyCard key={policy.id} policy={policy} today={today} mayEdit={mayEdit} />
      ))}
    </div>
  );
}
