"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useTransition } from "react";
import { toast } from "@/components/ui/toaster";
import type { CallbackDetail } from "@/server/callbacks/get";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

export type Naming = {
  /** Null: none of those who were thought of. */
  name: (customer: { id: string; name: string } | null) => void;
  pending: boolean;
};

/** Says whose request it is, and offers to take it back. `card` gets the focus: the button that had it goes. */
export function useNaming({ id: callbackId, hold, customerId: before }: CallbackDetail) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const card = useRef<HTMLDivElement>(null);
  const [pending, start] = useTransition();
  const save = async (customerId: string | null, done: () => void) => {
    try {
      await client.callbacks.nameCustomer.mutate({ callbackId, generation: hold?.generation, customerId });
      done();
      await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
    } catch (error) {
      toast.error("It was not saved", { description: error instanceof Error ? error.message : undefined });
    }
  };
  const undo = () => void save(before, () => toast.success("Taken back"));
  const name: Naming["name"] = (customer) =>
    start(() =>
      save(customer?.id ?? null, () => {
        card.current?.focus();
        toast.success(customer ? `This is ${customer.name}’s request` : "No customer is named", {
          action: { label: "Undo", onClick: undo },
        });
      }),
    );
  return { card, naming: { name, pending } };
}
