"use client";

import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { FormDrawer } from "@/components/ui/form-drawer";
import { Input } from "@/components/ui/input";
import { MultiCombobox } from "@/components/ui/multi-combobox";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { PolicyLine } from "@/server/sla/list-policies";
import { useTRPCClient } from "@/server/trpc/react";
import { EscalationFields } from "./escalation-fields";
import { policyForm, policyValues } from "./policy-form";
import { PolicyPreview } from "./policy-preview";
import { sourceOptions, tierOptions, typeOptions, urgencyOptions } from "./policy-words";
import { TargetFields } from "./target-fields";

type PolicyDrawerProps = {
  /** Null: a new one. */
  policy: PolicyLine | null;
  calendars: readonly { id: string; name: string }[];
  onClose: () => void;
};

/** Whom a policy is for, what it promises and whom it wakes; says what saving does to the open requests. */
export function PolicyDrawer({ policy, calendars, onClose }: PolicyDrawerProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const schema = useMemo(() => policyForm(policy?.id ?? null), [policy?.id]);
  const form = useForm({
    schema,
    initial: policyValues(policy, calendars[0]?.id ?? ""),
    submit: async (given) => {
      await client.sla.savePolicy.mutate(given);
      toast.success("Policy saved", { description: "Open requests get their targets by it in seconds." });
      onClose();
      router.refresh();
    },
  });
  const { values, errors, set } = form;
  const lists = [
    { key: "requestTypes", label: "About", options: typeOptions, other: true },
    { key: "urgencies", label: "Urgency", options: urgencyOptions, other: false },
    { key: "tiers", label: "Customer tier", options: tierOptions, other: false },
    { key: "sources", label: "Came by", options: sourceOptions, other: false },
    { key: "tags", label: "Tags", options: [], other: true },
  ] as const;
  return (
    <FormDrawer
      title={policy ? policy.name : "New policy"}
      form={form}
      submitLabel="Save the policy"
      onClose={onClose}
    >
      <Field label="Name" error={errors.name}>
        <Input
          autoComplete="off"
          value={values.name}
          onChange={(event) => set("name", event.target.value)}
          onBlur={form.leave("name")}
        />
      </Field>
      {policy?.isDefault ? (
        <p className="text-muted text-sm">It is tried last and takes every request that no other takes.</p>
      ) : (
        <fieldset className="flex flex-col gap-3">
          <legend className="pb-1.5 font-medium text-sm">Which requests</legend>
          <div className="grid gap-3 sm:grid-cols-2">
            {lists.map(({ key, label, options, other }) => (
              <Field key={key} label={label} optional>
                <MultiCombobox
                  options={options}
                  values={values.condition[key]}
                  allowOther={other}
                  placeholder="Any"
                  onValuesChange={(chosen) => set("condition", { ...values.condition, [key]: chosen })}
                />
              </Field>
            ))}
          </div>
        </fieldset>
      )}
      <TargetFields
        values={values.targets}
        error={errors.targets}
        onChange={(next) => set("targets", next)}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Counted by" error={errors.calendarId}>
          <Select
            options={calendars.map(({ id, name }) => ({ value: id, label: name }))}
            value={values.calendarId}
            onValueChange={(next) => set("calendarId", next)}
          />
        </Field>
        <Field label="Warn at" help="Of the target, in business time." error={errors.warnAt}>
          <Input
            inputMode="numeric"
            suffix="%"
            className="tabular-nums"
            value={values.warnAt}
            onChange={(event) => set("warnAt", event.target.value)}
            onBlur={form.leave("warnAt")}
          />
        </Field>
      </div>
      <EscalationFields
        values={values.escalations}
        error={errors.escalations}
        onChange={(next) => set("escalations", next)}
      />
      <PolicyPreview schema={schema} values={values} />
    </FormDrawer>
  );
}
