"use client";

import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useTRPCClient } from "@/server/trpc/react";
import { shortInstant } from "../callback-due";
import { type Slot, SlotPicker } from "../slot-picker";
import type { CallPanelProps } from "./call-panel";

/** Promises the customer another time; the request leaves the hand. */
export function PromiseTime({ callback, generation, zone, onDone }: CallPanelProps) {
  const client = useTRPCClient();
  const [slot, setSlot] = useState<Slot | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const promise = () =>
    start(async () => {
      if (!slot) return;
      try {
        await client.callbacks.schedule.mutate({
          callbackId: callback.id,
          generation,
          slot: { start: new Date(slot.start), end: new Date(slot.end) },
        });
        toast.success(`Promised for ${shortInstant(slot.start, zone)}`);
        await onDone();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "It was not saved. Try again.");
      }
    });
  return (
    <div className="flex flex-col gap-3">
      {problem && <Notice tone="danger">{problem}</Notice>}
      <SlotPicker called={{ callbackId: callback.id }} value={slot} onChange={setSlot} />
      <Button className="max-md:h-11" variant="primary" disabled={!slot} loading={pending} onClick={promise}>
        {slot ? `Promise ${shortInstant(slot.start, zone)}` : "Promise this time"}
      </Button>
    </div>
  );
}
