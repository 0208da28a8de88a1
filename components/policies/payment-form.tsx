"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { useForm } from "@/components/ui/use-form";
import { type ParsedPayment, paymentFields } from "@/server/policies/schemas";

export type PaymentValues = {
  dueDate: string;
  amount: string;
  state: "open" | "paid" | "failed";
  paidOn: string;
};

const states = [
  { value: "paid" as const, label: "Paid" },
  { value: "open" as const, label: "Not paid" },
  { value: "failed" as const, label: "Failed" },
];

type PaymentFormProps = {
  initial: PaymentValues;
  /** The day in the workspace's zone, for "paid today". */
  today: string;
  submitLabel: string;
  onCancel: () => void;
  onSubmit: (payment: ParsedPayment) => Promise<void>;
};

/** What is known of a payment: when it is due, how much, and whether it came. */
export function PaymentForm({ initial, today, submitLabel, onCancel, onSubmit }: PaymentFormProps) {
  const form = useForm({ schema: paymentFields, initial, submit: onSubmit });
  const { values, errors, set, leave } = form;
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4 pt-2">
      {form.problem && <Notice tone="danger">{form.problem}</Notice>}
      <SegmentedControl
        label="State of the payment"
        value={values.state}
        options={states}
        onValueChange={(state) => {
          set("state", state);
          if (state === "paid" && values.paidOn === "") set("paidOn", today);
        }}
      />
      <Field label="Due date" error={errors.dueDate}>
        <Input
          type="date"
          value={values.dueDate}
          onChange={(event) => set("dueDate", event.target.value)}
          onBlur={leave("dueDate")}
        />
      </Field>
      <Field label="Amount" error={errors.amount}>
        <Input
          inputMode="decimal"
          prefix="₹"
          value={values.amount}
          onChange={(event) => set("amount", event.target.value)}
          onBlur={leave("amount")}
        />
      </Field>
      {values.state === "paid" && (
        <Field label="Paid on" error={errors.paidOn}>
          <Input
            type="date"
            max={today}
            value={values.paidOn}
            onChange={(event) => set("paidOn", event.target.value)}
            onBlur={leave("paidOn")}
          />
        </Field>
      )}
      <FormActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" loading={form.pending}>
          {submitLabel}
        </Button>
      </FormActions>
    </form>
  );
}
