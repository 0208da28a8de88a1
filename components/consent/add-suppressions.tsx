"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { AddedSuppressions } from "@/server/consent/add-suppressions";
import { type AddSuppressionsInput, addSuppressionsInput } from "@/server/consent/schemas";
import { contactChannelLabels, contactChannels, suppressionReasonLabels } from "@/server/consent/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

const reasons = (["manual", "do_not_disturb", "unsubscribed", "complaint"] as const).map((value) => ({
  value,
  label: suppressionReasonLabels[value].label,
  description: `Stops ${suppressionReasonLabels[value].stops}`,
}));

/** "Add addresses" and its form; what was not taken is shown with the reason. */
export function AddSuppressions() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setOpen(true)}>
        Add addresses
      </Button>
      {open && <AddForm onDone={() => setOpen(false)} />}
    </>
  );
}

const blank: AddSuppressionsInput = {
  channels: [...contactChannels],
  addresses: "",
  reason: "manual",
  note: "",
};

function AddForm({ onDone }: { onDone: () => void }) {
  const { consent } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [result, setResult] = useState<AddedSuppressions | null>(null);
  const form = useForm({
    schema: addSuppressionsInput,
    initial: blank,
    submit: async (given) => {
      const added = await consent.suppress.mutate(given);
      await queryClient.invalidateQueries(trpc.consent.suppressions.queryFilter());
      setResult(added);
      if (added.refused.length > 0) return;
      toast.success(`${formatCount(added.added)} added, ${formatCount(added.known)} were there already`);
      onDone();
    },
  });
  const { values } = form;
  return (
    <FormDrawer title="Add addresses" form={form} submitLabel="Add to the list" ready onClose={onDone}>
      {result && result.refused.length > 0 && (
        <Notice
          tone="attention"
          title={`${formatCount(result.added)} added, ${formatCount(result.refused.length)} not taken`}
        >
          <ul>
            {result.refused.slice(0, 20).map(({ text, reason }) => (
              <li key={text} className="break-words">
                “{text}”: {reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <Field
        label="Addresses"
        help="E-mail addresses and phone numbers, one in each line. They are kept as hashes."
        error={form.errors.addresses}
      >
        <Textarea
          rows={6}
          value={values.addresses}
          onChange={(event) => form.set("addresses", event.target.value)}
          onBlur={values.addresses ? form.leave("addresses") : undefined}
        />
      </Field>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-sm">Channels</legend>
        {contactChannels.map((channel) => (
          <Checkbox
            key={channel}
            label={contactChannelLabels[channel]}
            checked={values.channels.includes(channel)}
            onCheckedChange={(checked) =>
              form.set(
                "channels",
                checked === true
                  ? [...values.channels, channel]
                  : values.channels.filter((each) => each !== channel),
              )
            }
          />
        ))}
        {form.errors.channels && <p className="text-danger text-sm">{form.errors.channels}</p>}
      </fieldset>
      <Field label="Reason" error={form.errors.reason}>
        <Select
          options={reasons}
          value={values.reason}
          onValueChange={(reason) => form.set("reason", reason)}
        />
      </Field>
      <Field
        label="Origin"
        optional
        help="Where the addresses come from, such as a letter or a register."
        error={form.errors.note}
      >
        <Input value={values.note} onChange={(event) => form.set("note", event.target.value)} />
      </Field>
    </FormDrawer>
  );
}
