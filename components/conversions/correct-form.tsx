"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import type { ConversionDetail } from "@/server/conversions/get";
import { type DiscountReason, discountLabels, discountReasons } from "@/server/conversions/status";
import { moneyText, parseMoney } from "@/server/platform/money";
import { useTRPC } from "@/server/trpc/react";

const COUNTS = "counts";
const choices = [
  { value: COUNTS, label: "It counts" },
  ...discountReasons.map((value) => ({ value, label: `Void: ${discountLabels[value].toLowerCase()}` })),
];

/** Corrects the value, or takes it out of every figure; what stood before stays in the audit log. */
export function CorrectForm({ conversion }: { conversion: ConversionDetail }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [value, setValue] = useState(moneyText(conversion.value));
  const [state, setState] = useState<string>(conversion.discountedFor ?? COUNTS);
  const micros = parseMoney(value);
  const correct = useMutation(
    trpc.conversions.correct.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.conversions.pathFilter());
        toast.success("Conversion corrected", { description: "Every figure that holds it moves along." });
      },
    }),
  );
  const discountedFor = discountReasons.find((reason) => reason === state) ?? (null as DiscountReason | null);
  const changed = micros?.toString() !== conversion.value || discountedFor !== conversion.discountedFor;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (micros !== null)
          correct.mutate({ id: conversion.id, value: Number(micros) / 1_000_000, discountedFor });
      }}
    >
      <h3 className="font-medium">Correct it</h3>
      {correct.isError && <Notice tone="danger">{correct.error.message}</Notice>}
      <Field
        label={`Value in ${conversion.currency}`}
        error={micros === null ? "Write the amount in figures, like 12,500." : undefined}
      >
        <Input
          inputMode="decimal"
          autoComplete="off"
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <Field label="Does it count?">
        <Select value={state} options={choices} onValueChange={setState} />
      </Field>
      <Button
        type="submit"
        variant="primary"
        className="w-fit"
        loading={correct.isPending}
        disabled={micros === null || !changed}
      >
        Save correction
      </Button>
    </form>
  );
}
