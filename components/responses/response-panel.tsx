"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, RotateCcw } from "lucide-react";
import Link from "next/link";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { DescriptionList } from "@/components/ui/description-list";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import { channelLabels } from "@/server/channels/status";
import type { ResponseDetail } from "@/server/responses/get";
import { followUpLabels } from "@/server/responses/status";
import { useTRPC } from "@/server/trpc/react";
import { AnswerForm } from "./answer-form";
import { AssignMenu } from "./assign-menu";
import { ClassBadge } from "./class-badge";
import { ClassCard } from "./class-card";
import { Conversation } from "./conversation";
import { NoteField } from "./note-field";

type ResponsePanelProps = { initial: ResponseDetail; zone: string; mayCorrect: boolean };

/** One reply beside the list: what led to it, what it was taken for and why, and what was done about it. */
export function ResponsePanel({ initial, zone, mayCorrect }: ResponsePanelProps) {
  const trpc = useTRPC();
  const input = { responseId: initial.id };
  const { data: response } = useQuery(trpc.responses.get.queryOptions(input, { initialData: initial }));
  useLive(["responses"], trpc.responses.get.queryFilter(input));
  const { customer, campaign, channel, from } = response;
  return (
    <SidePanel
      title={customer?.name || from || "Somebody who was erased"}
      status={<ClassBadge value={response.class} />}
      footer={<HandledButton response={response} />}
    >
      <div className="flex flex-col gap-5">
        <ClassCard response={response} zone={zone} mayCorrect={mayCorrect} />
        <Conversation
          parts={response.conversation}
          currentId={response.id}
          channel={channel}
          zone={zone}
          theirName={customer?.name || from || "The customer"}
        />
        <AnswerForm key={response.id} response={response} zone={zone} />
        <DescriptionList
          items={[
            {
              term: "Customer",
              value: customer ? (
                <Link className="text-accent-ink hover:underline" href={`/customers/${customer.id}`}>
                  {customer.name || "Without a name"}
                </Link>
              ) : (
                "Nobody with this address"
              ),
            },
            { term: "From", value: from && `${from}, ${channelLabels[channel]}` },
            {
              term: "Campaign",
              value: campaign && (
                <Link className="text-accent-ink hover:underline" href={`/campaigns/${campaign.id}`}>
                  {campaign.name}
                </Link>
              ),
            },
            { term: "Came", value: <Time value={response.at} zone={zone} show="exact" /> },
            {
              term: "With",
              value: (
                <span className="flex flex-wrap items-center gap-2">
                  {response.assignee?.name ?? "Nobody"}
                  <AssignMenu responseIds={[response.id]} current={response.assignee?.id ?? null} />
                </span>
              ),
            },
            {
              term: "State",
              value: (
                <>
                  {followUpLabels[response.followUp]}
                  {response.handledAt && (
                    <>
                      , <Time value={response.handledAt} zone={zone} />
                    </>
                  )}
                </>
              ),
            },
          ]}
        />
        <NoteField responseId={response.id} note={response.note} />
      </div>
    </SidePanel>
  );
}

function HandledButton({ response }: { response: ResponseDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation(
    trpc.responses.setHandled.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.responses.pathFilter()),
      onError: (error) => toast.error("It was not changed", { description: error.message }),
    }),
  );
  const isOpen = response.followUp === "open";
  return (
    <Button
      loading={isPending}
      icon={isOpen ? <CircleCheck aria-hidden /> : <RotateCcw aria-hidden />}
      onClick={() => mutate({ responseIds: [response.id], handled: isOpen })}
    >
      {isOpen ? "Mark as handled" : "Open again"}
    </Button>
  );
}
