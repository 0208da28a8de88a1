"use client";

import { useQuery } from "@tanstack/react-query";
import type { Audience } from "@/server/campaigns/schemas";
import { tierLabels } from "@/server/customers/schemas";
import { useTRPC } from "@/server/trpc/react";

/** Whom a campaign is for, in a few words. */
export function AudienceWords({ audience }: { audience: Audience }) {
  if (audience.kind === "all") return "All customers";
  if (audience.kind === "tier")
    return audience.tiers.map((tier) => tierLabels[tier]).join(", ") || "No tier chosen";
  return <SegmentWords include={audience.include} exclude={audience.exclude} />;
}

function SegmentWords({ include, exclude }: { include: readonly string[]; exclude: readonly string[] }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.segments.names.queryOptions());
  if (include.length === 0) return "No segment chosen";
  const nameOf = (id: string) =>
    data?.find((segment) => segment.id === id)?.name ?? (data ? "a deleted segment" : "…");
  const left = exclude.length > 0 ? `, without ${exclude.map(nameOf).join(", ")}` : "";
  return `${include.map(nameOf).join(", ")}${left}`;
}
