"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { type TestCall, testCallInput } from "@/server/calls/schemas";
import { callResults, stateLabels } from "@/server/calls/status";
import type { TelephonySetup } from "@/server/telephony/accounts/list-accounts";
import { purposeLabels } from "@/server/telephony/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Bridges two phones of the administrator's choice, and shows live how it goes. */
export function TestDialog({ setup, onClose }: { setup: TelephonySetup; onClose: () => void }) {
  const client = useTRPCClient();
  const [callId, setCallId] = useState<string | null>(null);
  const initial: TestCall = {
    purpose: setup.lines[0]?.purpose ?? "service",
    agentPhone: "",
    customerPhone: "",
  };
  const form = useForm({
    schema: testCallInput,
    initial,
    submit: async (given) => setCallId((await client.calls.test.mutate(given)).callId),
  });
  const { values, errors, set } = form;
  const phone = (name: "agentPhone" | "customerPhone", label: string) => (
    <Field label={label} error={errors[name]}>
      <Input
        inputMode="tel"
        autoComplete="tel"
        placeholder="+91 98123 45678"
        value={values[name]}
        onChange={(event) => set(name, event.target.value)}
        onBlur={form.leave(name)}
      />
    </Field>
  );
  return (
    <Dialog title="Test call" open onOpenChange={onClose}>
      {callId ? (
        <TestState callId={callId} onClose={onClose} />
      ) : (
        <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
          <Field label="Line">
            <Select
              options={setup.lines.map(({ purpose }) => ({ value: purpose, label: purposeLabels[purpose] }))}
              value={values.purpose}
              onValueChange={(purpose) => set("purpose", purpose)}
            />
          </Field>
          {phone("agentPhone", "Rings first")}
          {phone("customerPhone", "Rings second")}
          {form.problem && <Notice tone="danger">{form.problem}</Notice>}
          <DialogActions pending={form.pending}>Call both</DialogActions>
        </form>
      )}
    </Dialog>
  );
}

function TestState({ callId, onClose }: { callId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const { data: call } = useQuery(trpc.calls.own.queryOptions({ callId }));
  useLive([`call:${callId}`], trpc.calls.own.queryFilter({ callId }));
  return (
    <div className="flex flex-col gap-4">
      <Notice
        tone={call?.result === "connected" ? "good" : call?.result ? "attention" : "information"}
        title={call ? (call.result ? callResults[call.result].label : stateLabels[call.state]) : "Calling"}
      >
        {call?.sentence}
      </Notice>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </div>
  );
}
