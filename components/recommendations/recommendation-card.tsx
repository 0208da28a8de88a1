"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import { channelLabels } from "@/server/channels/status";
import { formatCount, formatMoney, nothing } from "@/server/platform/format";
import type { Recommendation } from "@/server/recommendations/list";
import { bases, recommendations } from "@/server/recommendations/status";
import { useTRPC } from "@/server/trpc/react";

type RecommendationCardProps = { recommendation: Recommendation; currency: string };

/** One thing that the data calls for: whom, what it is worth and why that is said, and one press into the builder. */
export function RecommendationCard({ recommendation, currency }: RecommendationCardProps) {
  const { kind, customers, reachable, value, template, channels } = recommendation;
  const { title, reason } = recommendations[kind];
  const trpc = useTRPC();
  const router = useRouter();
  const use = useMutation(
    trpc.recommendations.use.mutationOptions({
      onSuccess: ({ campaignId }) => router.push(`/campaigns/${campaignId}/edit?tab=content`),
      onError: ({ message }) => toast.error("The draft was not made", { description: message }),
    }),
  );
  const basis = kind in bases ? bases[kind as keyof typeof bases] : null;
  return (
    <section aria-label={title} className="flex flex-col gap-4 rounded-md border border-line bg-surface p-4">
      <div>
        <h2 className="font-medium text-lg">{title}</h2>
        <p className="mt-0.5 text-muted text-sm">{reason}</p>
      </div>
      <dl className="grid grid-cols-2 gap-4">
        <Figure
          term="Reaches now"
          value={formatCount(reachable)}
          note={`of ${formatCount(customers)} customers`}
        />
        <Figure
          term="Premium at stake"
          value={value === null ? nothing : formatMoney(value, currency, 0)}
          note={basis ? `Sum of ${basis}` : "Nothing in the data to reckon it from"}
        />
      </dl>
      <div className="mt-auto flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 text-muted text-sm">
          {template.name} · {channels.map((channel) => channelLabels[channel]).join(", then ")}
        </p>
        <Button
          variant="secondary"
          icon={<ArrowRight aria-hidden />}
          loading={use.isPending || use.isSuccess}
          onClick={() => use.mutate({ kind })}
        >
          Build it
        </Button>
      </div>
    </section>
  );
}

function Figure({ term, value, note }: { term: string; value: string; note: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-sm">{term}</dt>
      <dd className="truncate font-medium text-2xl tabular-nums">{value}</dd>
      <dd className="text-faint text-xs">{note}</dd>
    </div>
  );
}
