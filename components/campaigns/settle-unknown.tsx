"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";

const outcomes = [
  {
    outcome: "failed",
    label: "They were not sent",
    means: "From now on they count as failed. Nothing is sent again. This cannot be taken back.",
  },
  {
    outcome: "sent",
    label: "They were sent",
    means: "From now on they count as sent. Nothing is sent again. This cannot be taken back.",
  },
  {
    outcome: "again",
    label: "Send them again",
    means:
      "Whoever got the message the first time gets it twice. The rules are asked again, and a completed campaign runs until these have gone.",
  },
] as const;

/** Settles messages whose outcome nobody could store, by what a person found in the mail server's own log. */
export function SettleUnknown({ campaignId, count }: { campaignId: string; count: number }) {
  const client = useTRPCClient();
  const messages = `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;
  const settle = async (outcome: (typeof outcomes)[number]["outcome"]) => {
    const settled = await client.deliveries.settleUnknown.mutate({ campaignId, outcome });
    toast.success(`${formatCount(settled)} ${outcome === "again" ? "sent again" : "settled"}`);
  };
  return (
    <Notice
      tone="attention"
      title={`Did these ${messages} go out?`}
      action={
        <span className="flex flex-wrap justify-end gap-2">
          {outcomes.map(({ outcome, label, means }) => (
            <ConfirmDialog
              key={outcome}
              danger={false}
              trigger={<Button size="sm">{label}</Button>}
              title={outcome === "again" ? `Send ${messages} again?` : `Settle ${messages}?`}
              description={means}
              confirmLabel={
                outcome === "again" ? `Send ${messages} again` : `${label}: settle ${formatCount(count)}`
              }
              cancelLabel="Leave them open"
              onConfirm={() => settle(outcome)}
            />
          ))}
        </span>
      }
    >
      Look into the mail server's log for the time of sending. An answer that arrives late settles them by
      itself.
    </Notice>
  );
}
