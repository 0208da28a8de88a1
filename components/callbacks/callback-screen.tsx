"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { requestTypeLabel, statusLabels } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import type { CallbackStatus } from "@/server/callbacks/status";
import { useTRPC } from "@/server/trpc/react";
import { CallbackActs } from "./callback-acts";
import { callerName } from "./callback-columns";
import { CallbackDue } from "./callback-due";
import { CallerCard, MessagesCard } from "./caller-card";
import { ClocksCard } from "./clocks-card";
import { OutcomeCard } from "./outcome-card";
import { ScoreCard } from "./score-card";
import { AsksCard, StoryCard, TriesCard } from "./story-card";
import { useCallbackDetail } from "./use-callback";
import { CallPanel } from "./work/call-panel";

export const statusTones: Record<CallbackStatus, Tone> = {
  pending: "neutral",
  assigned: "neutral",
  in_progress: "information",
  scheduled: "information",
  completed: "good",
  cancelled: "neutral",
  expired: "attention",
};

export type CallbackScreenProps = {
  initial: CallbackDetail;
  zone: string;
  lead: boolean;
  opensCustomers: boolean;
};

/** One request with everything that explains it. */
export function CallbackScreen({ initial, zone, lead, opensCustomers }: CallbackScreenProps) {
  const callback = useCallbackDetail(initial);
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const owner = callback.holderName ?? callback.assigneeName;
  return (
    <>
      <PageHeader
        back={{ href: "/callbacks", label: "Callbacks" }}
        title={callerName(callback)}
        status={
          <>
            <StatusBadge tone={statusTones[callback.status]} label={statusLabels[callback.status]} />
            {callback.clock && <CallbackDue line={callback} zone={zone} />}
          </>
        }
        description={[requestTypeLabel(callback.requestType), callback.phone, owner]
          .filter(Boolean)
          .join(" · ")}
        actions={<CallbackActs callback={callback} lead={lead} />}
      />
      <PageBody width="content">
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="flex min-w-0 flex-col gap-5">
            <OutcomeCard callback={callback} zone={zone} />
            <AsksCard callback={callback} zone={zone} />
            <MessagesCard callback={callback} zone={zone} />
            <TriesCard callback={callback} zone={zone} />
            <StoryCard callback={callback} zone={zone} />
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            {callback.hold && (
              <CallPanel
                callback={callback}
                generation={callback.hold.generation}
                zone={zone}
                onNext={() => router.push("/callbacks/work?next=1")}
                onDone={() => queryClient.invalidateQueries(trpc.callbacks.pathFilter())}
              />
            )}
            <CallerCard callback={callback} zone={zone} opensCustomers={opensCustomers} lead={lead} />
            <ClocksCard callback={callback} zone={zone} />
            <ScoreCard callback={callback} />
          </div>
        </div>
      </PageBody>
    </>
  );
}
