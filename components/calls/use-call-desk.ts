"use client";

import { useQuery } from "@tanstack/react-query";
import { useLive } from "@/components/shell/live";
import { useTRPC } from "@/server/trpc/react";

/** How a request's customer may be called, and how the latest bridged call stands, live; undefined while it is read. */
export function useCallDesk(callbackId: string) {
  const trpc = useTRPC();
  const input = { callbackId };
  const { data } = useQuery(trpc.calls.desk.queryOptions(input));
  useLive([`callback:${callbackId}`, "telephony"], trpc.calls.desk.queryFilter(input));
  return data;
}
