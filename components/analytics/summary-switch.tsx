"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toaster";
import { useTRPC } from "@/server/trpc/react";

/** Whether this member gets the morning's mail. */
export function SummarySwitch() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useQuery(trpc.analytics.renewalSummary.queryOptions());
  const { mutate, isPending } = useMutation(
    trpc.analytics.setRenewalSummary.mutationOptions({
      onSuccess: async (_, { mailed }) => {
        await queryClient.invalidateQueries(trpc.analytics.renewalSummary.queryFilter());
        toast.success(mailed ? "You get the figures every morning at 8" : "You get no mail about renewals");
      },
      onError: (error) => toast.error("It was not changed", { description: error.message }),
    }),
  );
  return (
    <Switch
      label="Mail me the figures each morning"
      checked={data?.mailed ?? false}
      disabled={!data || isPending}
      onCheckedChange={(mailed) => mutate({ mailed })}
    />
  );
}
