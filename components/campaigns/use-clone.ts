"use client";

import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";
import { errorMessage } from "./error-details";

/** Copies a campaign into a new draft and opens its builder. */
export function useClone() {
  const router = useRouter();
  const client = useTRPCClient();
  return async (id: string) => {
    try {
      const copy = await client.campaigns.clone.mutate({ id });
      toast.success("Copied into a new draft");
      router.push(`/campaigns/${copy.id}/edit`);
    } catch (error) {
      toast.error("It was not copied", { description: errorMessage(error) });
    }
  };
}
