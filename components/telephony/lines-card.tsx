"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { spellLine } from "@/components/calls/spell-line";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { useAct } from "@/components/workspaces/use-act";
import type { TelephonySetup } from "@/server/telephony/accounts/list-accounts";
import { lineInput } from "@/server/telephony/schemas";
import { type CallPurpose, callPurposes, purposeLabels, regulatedLines } from "@/server/telephony/status";
import { useTRPCClient } from "@/server/trpc/react";

type LinesCardProps = { setup: TelephonySetup; mayEdit: boolean };

/** The number that customers see, for each reason to call. */
export function LinesCard({ setup, mayEdit }: LinesCardProps) {
  const client = useTRPCClient();
  const { act } = useAct();
  const [open, setOpen] = useState<CallPurpose | null>(null);
  const { regulated } = setup.rules;
  return (
    <Card title="Lines" description="What customers see when they are called; the topic decides which.">
      <ul className="flex flex-col gap-3">
        {callPurposes.map((purpose) => {
          const line = setup.lines.find((one) => one.purpose === purpose);
          return (
            <li key={purpose} className="flex flex-wrap items-center justify-between gap-3">
              <p className="min-w-0">
                <span className="font-medium">{purposeLabels[purpose]}</span>
                <span className="block text-muted text-sm tabular-nums">
                  {line ? spellLine(line.number) : missingWords(purpose, setup)}
                </span>
              </p>
              {mayEdit && setup.accounts.length > 0 && (
                <span className="flex gap-2">
                  {line && (
                    <Button
                      size="sm"
                      variant="ghost"
                      onClick={() =>
                        act(() => client.telephony.removeLine.mutate({ purpose }), "The line was removed")
                      }
                    >
                      Remove
                    </Button>
                  )}
                  <Button size="sm" onClick={() => setOpen(purpose)}>
                    {line ? "Change" : `Set the ${regulated ? `${regulatedLines[purpose].series} ` : ""}line`}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {open && <LineDialog purpose={open} setup={setup} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function missingWords(purpose: CallPurpose, { rules, lines }: TelephonySetup): string {
  if (rules.regulated)
    return `No ${regulatedLines[purpose].series} line: customers cannot be called for ${purposeLabels[purpose].toLowerCase()}`;
  return lines.length > 0 ? "Calls use the other line" : "None: agents call from their own phones";
}

type LineDialogProps = { purpose: CallPurpose; setup: TelephonySetup; onClose: () => void };

function LineDialog({ purpose, setup, onClose }: LineDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const line = setup.lines.find((one) => one.purpose === purpose);
  const form = useForm({
    schema: lineInput,
    initial: {
      purpose,
      number: line ? spellLine(line.number) : "",
      accountId: line?.accountId ?? setup.accounts[0]?.id ?? "",
    },
    submit: async (given) => {
      await client.telephony.saveLine.mutate(given);
      toast.success("The line is set");
      router.refresh();
      onClose();
    },
  });
  const { example } = regulatedLines[purpose];
  return (
    <Dialog title={`Line for ${purposeLabels[purpose].toLowerCase()}`} open onOpenChange={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <Field label="Number" help="As the provider lists it among your numbers." error={form.errors.number}>
          <Input
            inputMode="tel"
            autoComplete="off"
            placeholder={setup.rules.regulated ? example : "+91 80 3075 2400"}
            value={form.values.number}
            onChange={(event) => form.set("number", event.target.value)}
            onBlur={form.leave("number")}
          />
        </Field>
        <Field label="Account" error={form.errors.accountId}>
          <Select
            options={setup.accounts.map(({ id, name }) => ({ value: id, label: name }))}
            value={form.values.accountId}
            onValueChange={(accountId) => form.set("accountId", accountId)}
          />
        </Field>
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <DialogActions pending={form.pending} />
      </form>
    </Dialog>
  );
}
