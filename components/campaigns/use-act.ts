"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import { useTRPC } from "@/server/trpc/react";
import { errorMessage } from "./error-details";

/** Runs one act at a time, says what came of it, and reads the campaign again. */
export function useAct(id: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [running, setRunning] = useState(false);
  const act = async (work: () => Promise<unknown>, done: string) => {
    setRunning(true);
    try {
      await work();
      toast.success(done);
    } catch (error) {
      toast.error("It did not work", { description: errorMessage(error) });
    }
    // Also after a refusal: somebody else may have changed the state first.
    await queryClient.invalidateQueries(trpc.campaigns.get.queryFilter({ id }));
    setRunning(false);
  };
  return { act, running };
}
