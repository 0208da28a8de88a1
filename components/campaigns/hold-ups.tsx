"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { channelLabels } from "@/server/channels/status";
import { formatDateTime } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

/** Why an active campaign does not move: the emergency stop, or a paused account of one of its channels. */
export function HoldUps({ campaignId, zone }: { campaignId: string; zone: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.deliveries.holdUps.queryOptions({ campaignId }));
  useLive(["channels", "sending_rules"], trpc.deliveries.holdUps.queryFilter({ campaignId }));
  if (!data) return null;
  return (
    <>
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
