"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { limitsInput } from "@/server/campaigns/schemas";
import type { RunConditions } from "@/server/deliveries";
import { moneyText } from "@/server/platform/money";
import { useTRPCClient } from "@/server/trpc/react";

type LimitsDialogProps = { campaignId: string; conditions: RunConditions };

/** Changes pace and budget of a campaign that is under way. */
export function LimitsDialog(props: LimitsDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Change
      </Button>
      {open && <LimitsForm {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function LimitsForm({ campaignId, conditions, onClose }: LimitsDialogProps & { onClose: () => void }) {
  const client = useTRPCClient();
  const { ratePerSecond, budget, currency } = conditions;
  const form = useForm({
    schema: limitsInput,
    initial: { id: campaignId, ratePerSecond: String(ratePerSecond ?? ""), budget: moneyText(budget) },
    submit: async () => {
      await client.campaigns.changeLimits.mutate(form.values);
      toast.success("Pace and budget changed", { description: "The next messages keep to them." });
      onClose();
    },
  });
  return (
    <Dialog
      title="Pace and budget"
      description="Both count at once, for what has not gone yet."
      open
      onOpenChange={onClose}
    >
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field
          label="Messages a second"
          optional
          help="Empty: as fast as the channel's account allows."
          error={form.errors.ratePerSecond}
        >
          <Input
            autoFocus
            inputMode="decimal"
            autoComplete="off"
            value={form.values.ratePerSecond}
            onChange={(event) => form.set("ratePerSecond", event.target.value)}
            onBlur={() => void form.leave("ratePerSecond")}
          />
        </Field>
        <Field
          label={`Budget in ${currency}`}
          optional
          help="Empty: no limit. Sending stops before a message would pass it."
          error={form.errors.budget}
        >
          <Input
            inputMode="decimal"
            autoComplete="off"
            value={form.values.budget}
            onChange={(event) => form.set("budget", event.target.value)}
            onBlur={() => void form.leave("budget")}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="primary" loading={form.pending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
