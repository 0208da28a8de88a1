"use client";

import { CalendarClock } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toaster";
import type { Preflight } from "@/server/campaigns/preflight";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { LeftOut } from "./left-out";
import { scheduleWords } from "./schedule-words";
import { heldOutWords, treatedOf } from "./treated";
import type { Draft } from "./use-draft";
import { usePrepared } from "./use-prepared";

type ScheduleDialogProps = { id: string; draft: Draft; preflight: Preflight };

/** Puts what is on screen on its schedule. */
export function ScheduleDialog({ id, draft, preflight }: ScheduleDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const { open, setOpen, preparing, prepare } = usePrepared(id, draft);
  const { audience, reachable, excluded, problems } = preflight;
  const { holdOut } = draft.fields;
  const once = draft.fields.schedule.kind === "later";
  const schedule = async () => {
    await client.campaigns.schedule.mutate({ id, version: draft.version.current });
    toast.success("Scheduled");
    router.push(`/campaigns/${id}`);
  };
  return (
    <>
      <Button
        variant="primary"
        icon={<CalendarClock aria-hidden />}
        loading={preparing}
        disabled={problems.length > 0 || (once && reachable === 0)}
        title={problems[0]?.message}
        onClick={() => void prepare()}
      >
        Schedule
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger={false}
        title={`Schedule ${draft.fields.name}?`}
        description={
          <div className="flex flex-col gap-3">
            <p>
              {scheduleWords(draft.fields.schedule)}. As things stand,{" "}
              {formatCount(treatedOf(reachable, holdOut))} of {formatCount(audience)} customers get it
              {once ? "" : " each time"}
              {heldOutWords(reachable, holdOut, formatCount)}. The audience is fixed when the time comes.
            </p>
            {excluded.length > 0 && (
              <div className="text-sm">
                <LeftOut excluded={excluded} total={audience - reachable} />
              </div>
            )}
          </div>
        }
        confirmLabel="Schedule it"
        cancelLabel="Not yet"
        onConfirm={schedule}
      />
    </>
  );
}
