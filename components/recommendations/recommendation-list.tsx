"use client";

import { useQuery } from "@tanstack/react-query";
import { Lightbulb } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { Recommendation } from "@/server/recommendations/list";
import { useTRPC } from "@/server/trpc/react";
import { RecommendationCard } from "./recommendation-card";

type RecommendationListProps = { initial: Recommendation[]; currency: string };

/** What the workspace's own data calls for, the most pressing first. */
export function RecommendationList({ initial, currency }: RecommendationListProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.recommendations.list.queryOptions(undefined, { initialData: initial }));
  useLive(["customers", "templates"], trpc.recommendations.list.queryFilter());
  if (data.length === 0)
    return (
      <EmptyState
        icon={Lightbulb}
        title="Nothing presses now"
        action={
          <Button asChild>
            <Link href="/templates">See the templates</Link>
          </Button>
        }
      >
        Renewals that come near, overdue premiums, lapsed policies, birthdays and silent customers appear here
        as soon as somebody could be sent something about them.
      </EmptyState>
    );
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {data.map((recommendation) => (
        <RecommendationCard key={recommendation.kind} recommendation={recommendation} currency={currency} />
      ))}
    </div>
  );
}
