"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";
import { errorMessage } from "./error-details";

/** Opens the draft of changes to a running automation, and makes it where there is none. */
export function useRevise() {
  const client = useTRPCClient();
  const router = useRouter();
  const [revising, setRevising] = useState(false);
  const revise = async (id: string) => {
    setRevising(true);
    try {
      const draft = await client.campaigns.revise.mutate({ id });
      router.push(`/campaigns/${draft.id}/edit?tab=schedule`);
    } catch (error) {
      setRevising(false);
      toast.error(errorMessage(error));
    }
  };
  return { revise, revising };
}
