"use client";

import { OctagonX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useAct } from "@/components/workspaces/use-act";
import { formatDateTime } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";

type StopSwitchProps = { stoppedAt: string | null; zone: string; mayStop: boolean };

/** The emergency stop of the whole workspace. */
export function StopSwitch({ stoppedAt, zone, mayStop }: StopSwitchProps) {
  const client = useTRPCClient();
  const { act, pending } = useAct();
  if (stoppedAt)
    return (
      <Notice
        tone="danger"
        title={`All sending is stopped since ${formatDateTime(stoppedAt, zone, true)}`}
        action={
          mayStop && (
            <Button
              size="sm"
              loading={pending}
              onClick={() => act(() => client.sendingRules.letGoOn.mutate(), "Sending goes on")}
            >
              Let sending go on
            </Button>
          )
        }
      >
        No message of any campaign leaves. What waits is not lost, and goes when somebody lets it.
      </Notice>
    );
  if (!mayStop) return null;
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-md border border-line px-4 py-3">
      <p className="min-w-0 flex-1 basis-60">
        Something went wrong?{" "}
        <span className="text-muted">Stop everything first, and look afterwards. Nothing is lost.</span>
      </p>
      <ConfirmDialog
        title="Stop all sending of this workspace?"
        description="Within two seconds no message of any campaign leaves any more, on no channel. Campaigns stay as they are and wait. Mails about sign-in still go."
        confirmLabel="Stop all sending"
        cancelLabel="Keep sending"
        trigger={<Button icon={<OctagonX aria-hidden />}>Stop all sending</Button>}
        onConfirm={async () => {
          await client.sendingRules.stop.mutate();
          toast.success("All sending is stopped");
        }}
      />
    </div>
  );
}
