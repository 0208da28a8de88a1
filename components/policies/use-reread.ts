"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/server/trpc/react";

/** Reads what is shown of customers and policies anew, after a change here; other tabs hear of it by themselves. */
export function useReread(): () => Promise<void> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all(
      [trpc.customers.pathKey(), trpc.policies.pathKey()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
  };
}
