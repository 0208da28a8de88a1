"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { requestTypeLabel } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { requestTypes, type Urgency, urgencies } from "@/server/callbacks/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Changes what the score is made of; the clocks keep what they counted and get the targets of the new category. */
export function EditUrgency({ callback, onClose }: { callback: CallbackDetail; onClose: () => void }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [requestType, setType] = useState(callback.requestType);
  const [urgency, setUrgency] = useState<Urgency>(callback.urgency);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const types = [...new Set([callback.requestType, ...Object.keys(requestTypes)])];
  const save = () =>
    start(async () => {
      try {
        await client.callbacks.edit.mutate({ callbackId: callback.id, requestType, urgency });
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
        onClose();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "It was not saved. Try again.");
      }
    });
  return (
    <Dialog
      title="Change topic or urgency"
      description="A new category has new targets. Time that was counted stays counted."
      open
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>Go back</Button>
          <Button variant="primary" loading={pending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {problem && <Notice tone="danger">{problem}</Notice>}
        <Field label="About">
          <Select
            options={types.map((value) => ({ value, label: requestTypeLabel(value) }))}
            value={requestType}
            onValueChange={setType}
          />
        </Field>
        <Field label="Urgency">
          <Select
            options={(Object.keys(urgencies) as Urgency[]).map((value) => ({
              value,
              label: urgencies[value].label,
            }))}
            value={urgency}
            onValueChange={setUrgency}
          />
        </Field>
      </div>
    </Dialog>
  );
}
