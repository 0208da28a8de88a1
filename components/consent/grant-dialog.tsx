"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { Standing } from "@/server/consent/get-customer-consent";
import { grantConsentInput } from "@/server/consent/schemas";
import {
  contactChannelLabels,
  purposeLabels,
  type StatedSource,
  statedSourceKeys,
  statedSources,
} from "@/server/consent/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type GrantDialogProps = { customerId: string; standing: Standing; onClose: () => void };

/** Writes down a consent that was given elsewhere: where, in which words, and what proves it. */
export function GrantDialog({ customerId, standing, onClose }: GrantDialogProps) {
  const { consent } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { channel, purpose } = standing;
  const what = `${purposeLabels[purpose]} by ${contactChannelLabels[channel]}`;
  const form = useForm({
    schema: grantConsentInput,
    initial: { customerId, channel, purpose, source: "form" as StatedSource, textShown: "", evidence: "" },
    submit: async (given) => {
      await consent.grant.mutate(given);
      await queryClient.invalidateQueries(trpc.consent.ofCustomer.queryFilter({ customerId }));
      toast.success(`Written down: ${what}`);
      onClose();
    },
  });
  return (
    <Dialog
      title={`Allow ${what}`}
      description="Consent is never assumed: write down what the customer said. The entry stays for ever."
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        {standing.state === "withdrawn" && (
          <Notice tone="attention">
            The customer withdrew this. Only a later, proven word allows it again.
          </Notice>
        )}
        <Field label="How it was said" error={form.errors.source}>
          <Select
            options={statedSourceKeys.map((value) => ({ value, label: statedSources[value] }))}
            value={form.values.source}
            onValueChange={(source) => form.set("source", source)}
          />
        </Field>
        <Field label="The words that the customer agreed to" error={form.errors.textShown}>
          <Textarea
            rows={3}
            value={form.values.textShown}
            onChange={(event) => form.set("textShown", event.target.value)}
            onBlur={form.values.textShown ? form.leave("textShown") : undefined}
          />
        </Field>
        <Field
          label="Where the proof lies"
          help="The number of a form, a recording or a ticket. No names, no addresses: this cannot be erased."
          error={form.errors.evidence}
        >
          <Input
            value={form.values.evidence}
            onChange={(event) => form.set("evidence", event.target.value)}
            onBlur={form.values.evidence ? form.leave("evidence") : undefined}
          />
        </Field>
        <DialogActions pending={form.pending}>Write it down</DialogActions>
      </form>
    </Dialog>
  );
}
