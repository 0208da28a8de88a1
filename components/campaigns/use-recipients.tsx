"use client";

import { useMutation } from "@tanstack/react-query";
import { ListFilter, Megaphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { ruleOfRecipients } from "@/server/segments/content";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { filterWords, type recipientFilterOf } from "./recipient-filter";

type Filter = ReturnType<typeof recipientFilterOf>;

/** Makes a segment of the recipients that the filter leaves, or a new campaign for them, in one click. */
export function UseRecipients({ campaignId, filter }: { campaignId: string; filter: Filter }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const rule = ruleOfRecipients(campaignId, filter);
  const make = async (): Promise<string> => {
    const { name } = await client.campaigns.get.query({ id: campaignId });
    const { id } = await client.segments.create.mutate({
      name: `${name}: ${filterWords(filter)}`.slice(0, 120),
      description: "Made from a campaign’s recipients.",
      rule: rule ?? { match: "any", of: [] },
    });
    return id;
  };
  const failed = (error: Error) => toast.error("It was not made", { description: error.message });
  const segment = useMutation({
    mutationFn: make,
    onSuccess: (id) => router.push(`/segments/${id}`),
    onError: failed,
  });
  const clone = useMutation(trpc.campaigns.clone.mutationOptions());
  const campaign = useMutation({
    mutationFn: async () => {
      const include = [await make()];
      const { id } = await clone.mutateAsync({ id: campaignId });
      const { version } = await client.campaigns.get.query({ id });
      const audience = { kind: "segments" as const, include, exclude: [] };
      await client.campaigns.update.mutate({ id, version, changes: { audience } });
      return id;
    },
    onSuccess: (id) => router.push(`/campaigns/${id}/edit`),
    onError: failed,
  });
  if (!rule || filter.search) return null;
  return (
    <>
      <Button icon={<ListFilter aria-hidden />} loading={segment.isPending} onClick={() => segment.mutate()}>
        Make a segment
      </Button>
      <Button icon={<Megaphone aria-hidden />} loading={campaign.isPending} onClick={() => campaign.mutate()}>
        New campaign for them
      </Button>
    </>
  );
}
