"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useForm } from "@/components/ui/use-form";
import { moneyText } from "@/server/platform/money";
import type { PolicyLine } from "@/server/policies/list";
import { type ParsedPolicy, policyFields, policyTypeLabels } from "@/server/policies/schemas";
import {
  type DecidedStatus,
  decidedStatuses,
  isDecided,
  type PaymentMode,
  paymentModeLabels,
  paymentModes,
  policyStatusLabels,
  usualGraceDays,
} from "@/server/policies/status";

export type PolicyValues = {
  policyNumber: string;
  policyType: string;
  productName: string;
  decided: DecidedStatus | null;
  premium: string;
  sumAssured: string;
  paymentMode: PaymentMode;
  autoDebit: boolean;
  startDate: string;
  renewalDate: string;
  graceDays: number;
};

export const blankPolicy: PolicyValues = {
  policyNumber: "",
  policyType: "term",
  productName: "",
  decided: null,
  premium: "",
  sumAssured: "",
  paymentMode: "yearly",
  autoDebit: false,
  startDate: "",
  renewalDate: "",
  graceDays: usualGraceDays("yearly"),
};

/** What stands in the form for a policy that is there. */
export const valuesOf = (policy: PolicyLine): PolicyValues => ({
  policyNumber: policy.policyNumber,
  policyType: policy.policyType,
  productName: policy.productName,
  decided: isDecided(policy.status) ? policy.status : null,
  premium: moneyText(policy.premium),
  sumAssured: moneyText(policy.sumAssured),
  paymentMode: policy.paymentMode,
  autoDebit: policy.autoDebit,
  startDate: policy.startDate ?? "",
  renewalDate: policy.renewalDate ?? "",
  graceDays: policy.graceDays,
});

const modeOptions = paymentModes.map((value) => ({ value, label: paymentModeLabels[value] }));
const stateOptions = [
  { value: "dates" as const, label: "As its dates say", description: "In force, in grace or lapsed" },
  ...decidedStatuses.map((value) => ({ value, label: policyStatusLabels[value] })),
];

type PolicyDrawerProps = {
  title: string;
  initial: PolicyValues;
  submitLabel: string;
  /** A new one: what is missing is said when it is to be added. */
  ready?: boolean;
  onClose: () => void;
  onSubmit: (fields: ParsedPolicy) => Promise<void>;
};

/** The fields of a policy, for adding and changing. */
export function PolicyDrawer({ initial, onSubmit, ...drawer }: PolicyDrawerProps) {
  const form = useForm({ schema: policyFields, initial, submit: onSubmit });
  const { values, errors, set, leave } = form;
  const types = {
    ...policyTypeLabels,
    [initial.policyType]: policyTypeLabels[initial.policyType] ?? initial.policyType,
  };
  const changeMode = (mode: PaymentMode) => {
    // The days of grace follow the mode until somebody wrote others.
    if (values.graceDays === usualGraceDays(values.paymentMode)) set("graceDays", usualGraceDays(mode));
    set("paymentMode", mode);
  };
  const text = (name: "policyNumber" | "productName" | "premium" | "sumAssured") => ({
    value: values[name],
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
    onBlur: leave(name),
  });
  const date = (name: "startDate" | "renewalDate") => ({
    type: "date",
    value: values[name],
    onChange: (event: { target: { value: string } }) => set(name, event.target.value),
    onBlur: leave(name),
  });
  return (
    <FormDrawer form={form} {...drawer}>
      <Field label="Policy number" error={errors.policyNumber}>
        <Input autoComplete="off" {...text("policyNumber")} />
      </Field>
      <Field label="Product" error={errors.productName}>
        <Input autoComplete="off" {...text("productName")} />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" error={errors.policyType}>
          <Select
            options={Object.entries(types).map(([value, label]) => ({ value, label }))}
            value={values.policyType}
            onValueChange={(type) => set("policyType", type)}
          />
        </Field>
        <Field label="Sum assured" optional error={errors.sumAssured}>
          <Input inputMode="decimal" prefix="₹" {...text("sumAssured")} />
        </Field>
        <Field label="Premium" error={errors.premium}>
          <Input inputMode="decimal" prefix="₹" {...text("premium")} />
        </Field>
        <Field label="Paid" error={errors.paymentMode}>
          <Select options={modeOptions} value={values.paymentMode} onValueChange={changeMode} />
        </Field>
        <Field label="Start date" optional error={errors.startDate}>
          <Input {...date("startDate")} />
        </Field>
        {values.paymentMode !== "single" && (
          <Field
            label="Next due date"
            optional
            help="Left empty, it is counted from the start."
            error={errors.renewalDate}
          >
            <Input {...date("renewalDate")} />
          </Field>
        )}
        <Field label="Days of grace" error={errors.graceDays}>
          <Input
            inputMode="numeric"
            value={Number.isNaN(values.graceDays) ? "" : values.graceDays}
            onChange={(event) =>
              set("graceDays", event.target.value === "" ? Number.NaN : Number(event.target.value))
            }
            onBlur={leave("graceDays")}
          />
        </Field>
        <Field label="State" error={errors.decided}>
          <Select
            options={stateOptions}
            value={values.decided ?? "dates"}
            onValueChange={(state) => set("decided", state === "dates" ? null : state)}
          />
        </Field>
      </div>
      <Checkbox
        label="Auto-debit"
        description="The premium is taken from the account by mandate."
        checked={values.autoDebit}
        onCheckedChange={(checked) => set("autoDebit", checked === true)}
      />
    </FormDrawer>
  );
}
