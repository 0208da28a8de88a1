"use client";

import { Maximize2 } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { SidePanel } from "@/components/ui/side-panel";
import { StatusBadge } from "@/components/ui/status-badge";
import { requestTypeLabel, statusLabels } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { CallbackActs } from "./callback-acts";
import { callerName } from "./callback-columns";
import { CallbackDue } from "./callback-due";
import { type CallbackScreenProps, statusTones } from "./callback-screen";
import { CallerCard, MessagesCard } from "./caller-card";
import { ClocksCard } from "./clocks-card";
import { OutcomeCard } from "./outcome-card";
import { AsksCard, StoryCard, TriesCard } from "./story-card";
import { useCallbackDetail } from "./use-callback";

/** One request beside the queue. */
export function CallbackPanel({ initial, zone, lead, opensCustomers }: CallbackScreenProps) {
  const callback: CallbackDetail = useCallbackDetail(initial);
  const owner = callback.holderName ?? callback.assigneeName;
  return (
    <SidePanel
      title={callerName(callback)}
      status={<StatusBadge tone={statusTones[callback.status]} label={statusLabels[callback.status]} />}
      actions={
        <Button asChild size="sm">
          <Link href={`/callbacks/${callback.id}`}>
            <Maximize2 aria-hidden />
            <span className="sr-only">Whole page</span>
          </Link>
        </Button>
      }
    >
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-sm">
            {[requestTypeLabel(callback.requestType), callback.phone, owner].filter(Boolean).join(" · ")}
            {callback.clock && <CallbackDue line={callback} zone={zone} />}
          </p>
          <div className="flex flex-wrap gap-2">
            <CallbackActs callback={callback} lead={lead} />
          </div>
        </div>
        <OutcomeCard callback={callback} zone={zone} />
        <AsksCard callback={callback} zone={zone} />
        <CallerCard callback={callback} zone={zone} opensCustomers={opensCustomers} lead={lead} />
        <ClocksCard callback={callback} zone={zone} />
        <MessagesCard callback={callback} zone={zone} />
        <TriesCard callback={callback} zone={zone} />
        <StoryCard callback={callback} zone={zone} />
      </div>
    </SidePanel>
  );
}
