"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import { economicsInput } from "@/server/analytics/schemas";
import type { Economics } from "@/server/analytics/status";
import { moneyText } from "@/server/platform/money";
import { useTRPCClient } from "@/server/trpc/react";

type EconomicsDialogProps = { campaignId: string; economics: Economics; currency: string };

/** Sets the fixed cost and the margin of a campaign. */
export function EconomicsDialog(props: EconomicsDialogProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Costs and margin
      </Button>
      {open && <EconomicsForm {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function EconomicsForm({
  campaignId,
  economics,
  currency,
  onClose,
}: EconomicsDialogProps & { onClose: () => void }) {
  const client = useTRPCClient();
  const { fixedCost, margin } = economics;
  const form = useForm({
    schema: economicsInput,
    initial: {
      campaignId,
      fixedCost: fixedCost === "0" ? "" : moneyText(fixedCost),
      margin: margin === null ? "" : String(Math.round(margin * 10_000) / 100),
    },
    submit: async () => {
      await client.analytics.changeEconomics.mutate(form.values);
      toast.success("Costs and margin changed", { description: "ROI and break-even follow them." });
      onClose();
    },
  });
  return (
    <Dialog
      title="Costs and margin"
      description="Both change the figures only, never what is sent."
      open
      onOpenChange={onClose}
    >
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field
          label={`Fixed cost in ${currency}`}
          optional
          help="Agency, design, the list: whatever it cost beside the messages."
          error={form.errors.fixedCost}
        >
          <Input
            autoFocus
            inputMode="decimal"
            autoComplete="off"
            value={form.values.fixedCost}
            onChange={(event) => form.set("fixedCost", event.target.value)}
            onBlur={() => void form.leave("fixedCost")}
          />
        </Field>
        <Field
          label="Margin in %"
          optional
          help="The share of the revenue that stays. Empty: all of it counts, and figures say “on revenue”."
          error={form.errors.margin}
        >
          <Input
            inputMode="decimal"
            autoComplete="off"
            value={form.values.margin}
            onChange={(event) => form.set("margin", event.target.value)}
            onBlur={() => void form.leave("margin")}
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
