"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { formatCount, formatPercent } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { pointsBetween, signedPoints } from "./words";

/** What the campaign added, measured against the customers who got nothing; absent where nobody was held out. */
export function HoldOutCard({ campaignId }: { campaignId: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.analytics.holdOut.queryOptions({ campaignId }));
  if (!data) return null;
  const { treated, heldOut, lift, days } = data;
  const rate = ({ x, n }: typeof treated) => (n === 0 ? null : formatPercent(x / n, 2));
  const sure = lift !== null && (lift.interval[0] > 0 || lift.interval[1] < 0);
  return (
    <Card
      title="Against the hold-out"
      description={`Converted within ${days} days of the assignment ÷ assigned, whoever is credited.`}
      flush
    >
      <KeyFigures bare>
        <KeyFigure
          label="Treated"
          value={rate(treated)}
          basis={`${formatCount(treated.x)} converted of ${formatCount(treated.n)} assigned`}
        />
        <KeyFigure
          label="Held out"
          value={rate(heldOut)}
          basis={`${formatCount(heldOut.x)} converted of ${formatCount(heldOut.n)} assigned`}
        />
        <KeyFigure
          label="Incremental lift"
          value={lift && signedPoints(lift.difference)}
          basis={lift ? `95 % interval ${pointsBetween(lift.interval)}` : "An arm is empty"}
        />
        <KeyFigure
          label="Conversions added"
          value={lift && formatCount(lift.more)}
          basis="The difference of the two rates × customers treated"
        />
      </KeyFigures>
      <p className="px-4 py-3 text-muted text-sm">
        {lift === null
          ? "An arm is empty, so nothing can be said."
          : `${sure ? "The interval leaves out zero" : "Zero lies inside the interval, so chance alone may explain it"}: ${pointsBetween(lift.interval)}.`}
      </p>
    </Card>
  );
}
