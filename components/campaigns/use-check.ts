"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { type BuilderTab, builderTabs } from "./builder-tabs";
import { errorDetails, errorMessage } from "./error-details";

export type CheckProblem = { message: string; tab: BuilderTab | null };

/** The last check of a campaign as it goes on, and what begins and ends one. `problem`: what must be mended first. */
export function useCheck(id: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState<CheckProblem | null>(null);
  const { data: check } = useQuery(trpc.campaigns.check.queryOptions({ id }));
  useLive([`campaign:${id}`], trpc.campaigns.check.queryFilter({ id }));
  const again = () => queryClient.invalidateQueries(trpc.campaigns.check.queryFilter({ id }));
  const start = async () => {
    setStarting(true);
    setProblem(null);
    try {
      await client.campaigns.startCheck.mutate({ id });
    } catch (error) {
      const { tab } = errorDetails(error);
      const place = builderTabs.find(({ value }) => value === tab)?.value ?? null;
      setProblem({ message: errorMessage(error), tab: place });
    }
    await again();
    setStarting(false);
  };
  const cancel = async () => {
    await client.campaigns.cancelCheck.mutate({ id });
    await again();
  };
  return { check: check ?? null, starting, problem, start, cancel };
}
export type CheckState = ReturnType<typeof useCheck>;
