"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { moneyText, parseMoney } from "@/server/platform/money";
import type { Draft } from "./use-draft";

/** How fast it goes, and what it may cost: both count from the first message on. */
export function LimitFields({ draft, currency }: { draft: Draft; currency: string }) {
  return (
    <fieldset className="grid gap-5 border-line border-t pt-5 sm:grid-cols-2">
      <legend className="sr-only">Pace and budget</legend>
      <PaceField draft={draft} />
      <BudgetField draft={draft} currency={currency} />
    </fieldset>
  );
}

function PaceField({ draft: { fields, errors, change } }: { draft: Draft }) {
  return (
    <Field
      label="Messages a second"
      optional
      help="Empty: as fast as the channel’s account allows."
      error={errors.ratePerSecond}
    >
      <Input
        type="number"
        min={0.01}
        step="any"
        inputMode="decimal"
        value={fields.ratePerSecond ?? ""}
        onChange={(event) =>
          change({ ratePerSecond: event.target.value === "" ? null : Number(event.target.value) })
        }
      />
    </Field>
  );
}

/** What is typed stays as it is typed; what it means is saved once it is an amount. */
export function BudgetField({
  draft: { fields, errors, change },
  currency,
}: {
  draft: Draft;
  currency: string;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? moneyText(fields.budget);
  const wrong = text.trim() !== "" && parseMoney(text) === null;
  return (
    <Field
      label={`Budget in ${currency}`}
      optional
      help="Empty: no limit. Sending stops before a message would pass it."
      error={wrong ? "An amount, like 25,000, or nothing for no limit." : errors.budget}
    >
      <Input
        inputMode="decimal"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setTyped(event.target.value);
          const budget = event.target.value.trim() === "" ? null : parseMoney(event.target.value);
          if (budget !== null || event.target.value.trim() === "") change({ budget });
        }}
        onBlur={() => !wrong && setTyped(null)}
      />
    </Field>
  );
}
