"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { channelLabels } from "@/server/channels/status";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

type HoldUpsProps = {
  campaignId: string;
  /** What the sender said last; a stop or a paused account says it better. */
  failure: string | null;
  zone: string;
};

/** Why an active campaign does not move: the emergency stop, a paused account of one of its channels, or a silent channel. */
export function HoldUps({ campaignId, failure, zone }: HoldUpsProps) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.deliveries.holdUps.queryOptions({ campaignId }));
  useLive(["channels", "sending_rules"], trpc.deliveries.holdUps.queryFilter({ campaignId }));
  if (!data) return null;
  const silent = failure !== null && data.stoppedAt === null && data.accounts.length === 0;
  return (
    <>
      {silent && (
        <Notice tone="attention" title="The channel does not answer">
          {failure}
        </Notice>
      )}
      {data.stoppedAt && (
        <Notice
          tone="danger"
          title={`All sending is stopped since ${formatDateTime(data.stoppedAt, zone, true)}`}
          action={<Lead href="/settings/sending-rules">Sending rules</Lead>}
        >
          No message of any campaign leaves. What waits goes when somebody lets it.
        </Notice>
      )}
      {data.accounts.map(({ id, channel, name, sentence, at }) => (
        <Notice
          key={id}
          tone={sentence ? "danger" : "attention"}
          title={`${channelLabels[channel]} waits: “${name}” is paused since ${formatDateTime(at, zone, true)}`}
          action={<Lead href={`/settings/channels/${id}`}>Open the account</Lead>}
        >
          {sentence ?? "Somebody paused it. What waits for it goes when it is resumed."}
        </Notice>
      ))}
    </>
  );
}

function Lead({ href, children }: { href: string; children: string }) {
  return (
    <Button size="sm" asChild>
      <Link href={href}>{children}</Link>
    </Button>
  );
}
