"use client";

import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { PageBody } from "@/components/ui/page-body";
import { toast } from "@/components/ui/toaster";
import { requestTypeLabel } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { urgencies } from "@/server/callbacks/status";
import { useTRPCClient } from "@/server/trpc/react";
import { callerName } from "../callback-columns";
import { CallbackDue, dueReason } from "../callback-due";
import { CallerCard, MessagesCard } from "../caller-card";
import { PriorityBadge } from "../priority-badge";
import { AsksCard, TriesCard } from "../story-card";
import { CallPanel } from "./call-panel";
import { useClaim } from "./use-claim";

type HeldCallbackProps = {
  callback: CallbackDetail;
  generation: number;
  zone: string;
  opensCustomers: boolean;
  onNext: () => void;
  onDone: () => Promise<void>;
};

/** One request in hand: who, why, what we promised, what we know; the number and the outcome where the thumb is. */
export function HeldCallback({
  callback,
  generation,
  zone,
  opensCustomers,
  onNext,
  onDone,
}: HeldCallbackProps) {
  const router = useRouter();
  const client = useTRPCClient();
  useClaim({ callbackId: callback.id, generation }, async () => {
    // What closed it may have been this screen's own "Save", whose answer a bad line lost.
    const now = await client.callbacks.get.query({ callbackId: callback.id }).catch(() => null);
    if (now?.closedAt)
      toast.message("The request is closed", {
        description: "By what you saved, or by somebody else. What was noted stands on its page.",
      });
    else
      toast.error("You no longer hold this request", {
        description:
          "Your claim ended, and it went back to the queue. Take it again: what you wrote is kept.",
      });
    void onDone();
    router.refresh();
  });
  return (
    <PageBody width="content" className="pb-4">
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem] lg:grid-rows-[auto_1fr]">
        <section aria-label="Who and why" className="flex min-w-0 flex-col gap-1.5 lg:col-start-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h2 className="min-w-0 break-words font-medium text-xl">{callerName(callback)}</h2>
            <PriorityBadge priority={callback.priority} score={callback.score} />
            {(callback.urgency === "critical" || callback.urgency === "high") && (
              <Badge tone="attention">{urgencies[callback.urgency].label} urgency</Badge>
            )}
          </div>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted">
            <span>{requestTypeLabel(callback.requestType)}</span>
            {callback.campaignName && <span>· {callback.campaignName}</span>}
            <CallbackDue line={callback} zone={zone} />
            <span className="text-faint text-xs">{dueReason(callback)}</span>
          </p>
        </section>
        <div className="flex min-w-0 flex-col gap-5 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <CallPanel
            callback={callback}
            generation={generation}
            zone={zone}
            onNext={onNext}
            onDone={onDone}
          />
          <CallerCard callback={callback} zone={zone} opensCustomers={opensCustomers} lead={false} />
        </div>
        <div className="flex min-w-0 flex-col gap-5 lg:col-start-1">
          <AsksCard callback={callback} zone={zone} />
          <MessagesCard callback={callback} zone={zone} />
          <TriesCard callback={callback} zone={zone} />
        </div>
      </div>
    </PageBody>
  );
}
