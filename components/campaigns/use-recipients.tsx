"use client";

import { useMutation } from "@tanstack/react-query";
import { ListFilter, Megaphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { Condition, Interaction, Rule } from "@/server/segments/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { filterWords, type recipientFilterOf } from "./recipient-filter";

type Filter = ReturnType<typeof recipientFilterOf>;

/** The states and reactions that rules of segments know too; null for those that they do not. */
function ruleOf(campaign: string, { state, reason, did }: Filter): Rule | null {
  const says = (interaction: Interaction, did = true): Condition => ({
    on: "campaign",
    interaction,
    did,
    campaign,
    when: null,
  });
  const ended = (interaction: "failed" | "skipped") => ({ ...says(interaction), reason: reason ?? null });
  const of: Condition[] = [];
  if (state === "failed" || state === "skipped") of.push(ended(state));
  else if (state === "delivered") of.push(says("delivered"));
  else if (state === "sent") of.push(says("sent"));
  else if (state || reason) return null;
  if (did === "opened" || did === "clicked" || did === "replied") of.push(says(did));
  else if (did === "not_opened") of.push(says("delivered"), says("opened", false));
  else if (did === "not_clicked") of.push(says("delivered"), says("clicked", false));
  else if (did) return null;
  return of.length === 0 ? null : { match: "all", of };
}

/** Makes a segment of the recipients that the filter leaves, or a new campaign for them, in one click. */
export function UseRecipients({ campaignId, filter }: { campaignId: string; filter: Filter }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const rule = ruleOf(campaignId, filter);
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
