"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import { moneyText } from "@/server/platform/money";
import type { PaymentLine, PolicyLine } from "@/server/policies/list";
import { useTRPCClient } from "@/server/trpc/react";
import { PaymentForm, type PaymentValues } from "./payment-form";
import { useReread } from "./use-reread";

/** "Record payment" of a policy: the one that is due next, unless another date is given. */
export function RecordPayment({ policy, today }: { policy: PolicyLine; today: string }) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const reread = useReread();
  const known = policy.payments.some((payment) => payment.dueDate === policy.renewalDate);
  const initial: PaymentValues = {
    dueDate: known ? "" : (policy.renewalDate ?? ""),
    amount: moneyText(policy.premium),
    state: "paid",
    paidOn: today,
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Record payment
      </Button>
      <Dialog title={`Payment of ${policy.policyNumber}`} width="sm" open={open} onOpenChange={setOpen}>
        <PaymentForm
          initial={initial}
          today={today}
          submitLabel="Record payment"
          onCancel={() => setOpen(false)}
          onSubmit={async (payment) => {
            await client.policies.recordPayment.mutate({ policyId: policy.id, payment });
            await reread();
            toast.success("Payment recorded");
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

type ChangePaymentProps = { payment: PaymentLine; today: string };

/** What can be done with one payment: "Mark paid" where it is open, else "Change". */
export function ChangePayment({ payment, today }: ChangePaymentProps) {
  const [open, setOpen] = useState(false);
  const client = useTRPCClient();
  const reread = useReread();
  const paid = payment.status === "paid";
  const initial: PaymentValues = {
    dueDate: payment.dueDate,
    amount: moneyText(payment.amount),
    state: "paid",
    paidOn: payment.paidOn ?? today,
  };
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        {paid ? "Change" : "Mark paid"}
      </Button>
      <Dialog title="Change payment" width="sm" open={open} onOpenChange={setOpen}>
        <PaymentForm
          initial={initial}
          today={today}
          submitLabel="Save"
          onCancel={() => setOpen(false)}
          onSubmit={async (fields) => {
            await client.policies.changePayment.mutate({ paymentId: payment.id, payment: fields });
            await reread();
            toast.success("Saved");
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}
