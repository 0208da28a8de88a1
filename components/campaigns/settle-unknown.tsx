"use client";

import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";

const outcomes = [
  { outcome: "failed", label: "They were not sent", means: "count as failed" },
  { outcome: "sent", label: "They were sent", means: "count as sent" },
] as const;

/** Settles messages whose outcome nobody could store, by what a person found in the mail server's own log. */
export function SettleUnknown({ campaignId, count }: { campaignId: string; count: number }) {
  const client = useTRPCClient();
  const messages = `${formatCount(count)} ${count === 1 ? "message" : "messages"}`;
  const settle = async (outcome: "sent" | "failed") => {
    const settled = await client.deliveries.settleUnknown.mutate({ campaignId, outcome });
    toast.success(`${formatCount(settled)} settled`);
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
              title={`Settle ${messages}?`}
              description={`From now on they ${means}. Nothing is sent again. This cannot be taken back.`}
              confirmLabel={`${label}: settle ${formatCount(count)}`}
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
