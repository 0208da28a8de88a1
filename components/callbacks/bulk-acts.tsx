"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CalendarClock, UserPlus, X } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { groupBy } from "@/components/ui/group-by";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { cancelReasonLabels, presenceLabels } from "@/server/callbacks/content";
import type { ChangeManyInput, RowResult } from "@/server/callbacks/many";
import { type CancelReason, cancelReasons } from "@/server/callbacks/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { type Slot, SlotPicker } from "./slot-picker";

type BulkActsProps = { ids: readonly string[]; clear: () => void };
type Change = ChangeManyInput["change"];

const titles = { assign: "Assign", reschedule: "Reschedule", cancel: "Cancel" } as const;

/** What is done to ticked requests: assign, reschedule, cancel, with the result of each. */
export function BulkActs({ ids, clear }: BulkActsProps) {
  const [open, setOpen] = useState<keyof typeof titles | null>(null);
  return (
    <>
      <Button size="sm" icon={<UserPlus aria-hidden />} onClick={() => setOpen("assign")}>
        Assign
      </Button>
      <Button size="sm" icon={<CalendarClock aria-hidden />} onClick={() => setOpen("reschedule")}>
        Reschedule
      </Button>
      <Button size="sm" icon={<X aria-hidden />} onClick={() => setOpen("cancel")}>
        Cancel
      </Button>
      {open && <ChangeMany act={open} ids={ids} onClose={() => setOpen(null)} clear={clear} />}
    </>
  );
}

type ChangeManyProps = BulkActsProps & { act: keyof typeof titles; onClose: () => void };

/** Asks for what the change needs, makes it, and says of each request that could not be changed why. */
export function ChangeMany({ act, ids, onClose, clear }: ChangeManyProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const takers = useQuery(trpc.callbacks.takers.queryOptions(undefined, { enabled: act === "assign" }));
  const [to, setTo] = useState<string>();
  const [slot, setSlot] = useState<Slot | null>(null);
  const [reason, setReason] = useState<CancelReason>();
  const [failed, setFailed] = useState<Extract<RowResult, { done: false }>[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const change: Change | null =
    act === "assign"
      ? to
        ? { do: "assign", membershipId: to === "nobody" ? null : to }
        : null
      : act === "reschedule"
        ? slot && { do: "reschedule", slot }
        : reason
          ? { do: "cancel", reason }
          : null;
  const count = `${formatCount(ids.length)} ${ids.length === 1 ? "request" : "requests"}`;
  const run = () =>
    start(async () => {
      if (!change) return;
      try {
        const results = await client.callbacks.changeMany.mutate({ callbackIds: [...ids], change });
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
        const refused = results.flatMap((result) => (result.done ? [] : [result]));
        if (refused.length < results.length)
          toast.success(`${formatCount(results.length - refused.length)} changed`);
        setFailed(refused);
        if (refused.length > 0) return;
        clear();
        onClose();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "Nothing was changed. Try again.");
      }
    });
  return (
    <Dialog
      title={`${titles[act]} ${count}`}
      open
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>Go back</Button>
          <Button
            variant={act === "cancel" ? "danger" : "primary"}
            disabled={!change}
            loading={pending}
            onClick={run}
          >
            {titles[act]} {count}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem && <Notice tone="danger">{problem}</Notice>}
        {failed.length > 0 && (
          <Notice tone="attention" title={`${formatCount(failed.length)} could not be changed`}>
            <ul className="list-disc pl-4">
              {groupBy(failed, (row) => row.reason).map(([why, rows]) => (
                <li key={why}>
                  {formatCount(rows.length)}: {why}
                </li>
              ))}
            </ul>
          </Notice>
        )}
        {act === "assign" && (
          <Field label="To whom">
            <Select
              value={to}
              onValueChange={setTo}
              placeholder="Choose an agent"
              options={[
                { value: "nobody", label: "Nobody in particular", description: "Back to everybody's queue" },
                ...(takers.data ?? []).map((taker) => ({
                  value: taker.id,
                  label: taker.name,
                  description: `${presenceLabels[taker.presence]} · has ${formatCount(taker.open)}`,
                })),
              ]}
            />
          </Field>
        )}
        {act === "reschedule" && <SlotPicker customerId={null} value={slot} onChange={setSlot} />}
        {act === "cancel" && (
          <Field label="Why">
            <Select
              value={reason}
              onValueChange={setReason}
              options={cancelReasons.map((value) => ({ value, label: cancelReasonLabels[value] }))}
            />
          </Field>
        )}
      </div>
    </Dialog>
  );
}
