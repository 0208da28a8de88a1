"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert, Clock } from "lucide-react";
import { useLive } from "@/components/shell/live";
import { cn } from "@/components/ui/cn";
import { formatDateTime } from "@/server/platform/format";
import type { PaymentsAge } from "@/server/policies/status";
import { useTRPC } from "@/server/trpc/react";

/** "2 hours old", "3 days old". */
function ageWords(hours: number): string {
  if (hours < 1) return "less than an hour old";
  const [count, unit] = hours < 48 ? [Math.floor(hours), "hour"] : [Math.floor(hours / 24), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} old`;
}

/** How recent what we know of premium payments is: wherever somebody relies on it. */
export function PaymentsAgeLine({ initial, zone }: { initial: PaymentsAge; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.policies.paymentsAge.queryOptions(undefined, { initialData: initial }));
  useLive(["payments-age"], trpc.policies.paymentsAge.queryFilter());
  const stale = data.state !== "fresh";
  const Icon = stale ? CircleAlert : Clock;
  return (
    <p className={cn("flex items-start gap-1.5 text-sm", stale ? "text-attention" : "text-muted")}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>
        {data.asOf === null || data.hours === null
          ? "No file with payments has been imported yet: nothing is known of what is paid."
          : `Payments are as of ${formatDateTime(data.asOf, zone, true)}, ${ageWords(data.hours)}.`}
        {data.state === "stale" && " Messages that depend on payments wait for a newer file."}
      </span>
    </p>
  );
}
