"use client";

import { Ban, CalendarX, Check, MessageSquareText, Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { CampaignDetail } from "@/server/campaigns/get";
import { useTRPCClient } from "@/server/trpc/react";
import { CommentDialog } from "./comment-dialog";
import { useAct } from "./use-act";

/** What can be done with a campaign that waits: only what its state and the person's part in it allow. */
export function WaitingActs({ campaign }: { campaign: CampaignDetail }) {
  const { id, name, verbs } = campaign;
  const client = useTRPCClient();
  const { act, running } = useAct(id);
  const decides = verbs.includes("approve") && campaign.approval.barred === null;
  return (
    <>
      {verbs.includes("cancel") && (
        <ConfirmDialog
          trigger={<Button icon={<Ban aria-hidden />}>Cancel campaign</Button>}
          title={`Cancel ${name}?`}
          description="Nothing of it was sent, and nothing will be. A cancelled campaign cannot be taken up again; a copy of it can."
          confirmLabel="Cancel the campaign"
          cancelLabel="Keep it"
          onConfirm={() => act(() => client.campaigns.cancel.mutate({ id }), "Cancelled")}
        />
      )}
      {verbs.includes("withdraw") && (
        <Button
          icon={<Undo2 aria-hidden />}
          loading={running}
          onClick={() =>
            act(() => client.campaigns.withdraw.mutate({ id }), "Taken back: it is a draft again")
          }
        >
          Take back
        </Button>
      )}
      {verbs.includes("unschedule") && (
        <Button
          icon={<CalendarX aria-hidden />}
          loading={running}
          onClick={() =>
            act(() => client.campaigns.unschedule.mutate({ id }), "Off the schedule: it is a draft again")
          }
        >
          Take off the schedule
        </Button>
      )}
      {decides && <Decision campaign={campaign} />}
    </>
  );
}

function Decision({ campaign: { id, name, version } }: { campaign: CampaignDetail }) {
  const client = useTRPCClient();
  const { act } = useAct(id);
  return (
    <>
      <CommentDialog
        trigger={<Button icon={<MessageSquareText aria-hidden />}>Return</Button>}
        title={`Return ${name}?`}
        description="It becomes a draft again, and its owner reads your comment."
        label="What should change"
        needed="Say what should change."
        confirmLabel="Return it"
        onConfirm={async (comment) => {
          await client.campaigns.sendBack.mutate({ id, version, comment });
          await act(async () => {}, "Returned");
        }}
      />
      <CommentDialog
        trigger={
          <Button variant="primary" icon={<Check aria-hidden />}>
            Approve
          </Button>
        }
        title={`Approve ${name}?`}
        description="Its owner may launch or schedule it exactly as it stands. An edit takes the approval away."
        label="Comment"
        confirmLabel="Approve it"
        onConfirm={async (comment) => {
          await client.campaigns.approve.mutate({ id, version, comment });
          toast.success("Approved", { description: "Its owner was told." });
          await act(async () => {}, "Approved");
        }}
      />
    </>
  );
}
