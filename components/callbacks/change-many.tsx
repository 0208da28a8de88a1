"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { cancelReasonLabels, presenceLabels } from "@/server/callbacks/content";
import type { ChangeManyInput, RowResult } from "@/server/callbacks/many";
import { type CancelReason, cancelReasons } from "@/server/callbacks/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { RowResults } from "./row-results";
import { type Slot, SlotPicker } from "./slot-picker";

type Change = ChangeManyInput["change"];

const titles = { assign: "Assign", reschedule: "Reschedule", cancel: "Cancel" } as const;
/** What was done, as it stands behind a number. */
const doneWords = (change: Change): string => {
  if (change.do === "assign") return change.membershipId === null ? "given back to the queue" : "assigned";
  return change.do === "reschedule" ? "rescheduled" : "cancelled";
};

export type BulkAct = keyof typeof titles;

type ChangeManyProps = {
  act: BulkAct;
  /** Who is behind each request, as it stood when they were ticked: the list moves on meanwhile. */
  requests: ReadonlyMap<string, string>;
  onClose: () => void;
  /** All of them were changed. */
  onDone: () => void;
};

/** Asks for what the change needs, makes it, and says what became of each request where not all could be changed. */
export function ChangeMany({ act, requests, onClose, onDone }: ChangeManyProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const takers = useQuery(trpc.callbacks.takers.queryOptions(undefined, { enabled: act === "assign" }));
  const [to, setTo] = useState<string>();
  const [slot, setSlot] = useState<Slot | null>(null);
  const [reason, setReason] = useState<CancelReason>();
  const [results, setResults] = useState<RowResult[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const [only] = requests.size === 1 ? requests : [];
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
  const count = only ? `the request of ${only[1]}` : `${formatCount(requests.size)} requests`;
  const run = () =>
    start(async () => {
      if (!change) return;
      try {
        setProblem(null);
        const results = await client.callbacks.changeMany.mutate({
          callbackIds: [...requests.keys()],
          change,
        });
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
        if (results.some((result) => !result.done)) return setResults(results);
        toast.success(`${formatCount(results.length)} ${doneWords(change)}`);
        onDone();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "Nothing was changed. Try again.");
      }
    });
  if (results && change)
    return (
      <Dialog
        title="What became of each"
        open
        onOpenChange={onClose}
        footer={
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        }
      >
        <RowResults results={results} done={doneWords(change)} requests={requests} />
      </Dialog>
    );
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
            {requests.size === 1 ? `${titles[act]} the request` : `${titles[act]} ${count}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem && <Notice tone="danger">{problem}</Notice>}
        {act === "assign" && (
          <Field label="To whom">
            <Select
              value={to}
              onValueChange={setTo}
              placeholder="Choose an agent"
              options={[
                { value: "nobody", label: "Nobody in particular", description: "Back to everybody’s queue" },
                ...(takers.data ?? []).map((taker) => ({
                  value: taker.id,
                  label: taker.name,
                  description: `${presenceLabels[taker.presence]} · has ${formatCount(taker.open)}`,
                })),
              ]}
            />
          </Field>
        )}
        {act === "reschedule" && (
          <SlotPicker called={only ? { callbackId: only[0] } : {}} value={slot} onChange={setSlot} />
        )}
        {act === "cancel" && (
          <Field label="Why">
            <Select
              placeholder="Choose a reason"
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
