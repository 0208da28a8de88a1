"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import type { CustomerDetail } from "@/server/customers/get";
import { useTRPC } from "@/server/trpc/react";

/** Who looks at a customer, and what they may do. */
export type CustomerViewer = {
  userId: string;
  zone: string;
  mayEdit: boolean;
  /** An advisor: whose book the customer is in is not theirs to decide. */
  ownBook: boolean;
  opensCampaigns: boolean;
  mayErase: boolean;
};

/** The customer as the server read it, kept fresh. */
export function useCustomer(initial: CustomerDetail): CustomerDetail {
  const trpc = useTRPC();
  const input = { customerId: initial.id };
  const query = useQuery(trpc.customers.get.queryOptions(input, { initialData: initial }));
  useLive([`customer:${initial.id}`, "customers"], trpc.customers.get.queryFilter(input));
  return query.data;
}
