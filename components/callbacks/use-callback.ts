"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import type { CallbackDetail } from "@/server/callbacks/get";
import { useTRPC } from "@/server/trpc/react";

/** One request, live. */
export function useCallbackDetail(initial: CallbackDetail): CallbackDetail {
  const trpc = useTRPC();
  const input = { callbackId: initial.id };
  const { data } = useQuery(trpc.callbacks.get.queryOptions(input, { initialData: initial }));
  useLive([`callback:${initial.id}`, "callbacks"], trpc.callbacks.get.queryFilter(input));
  return data;
}
