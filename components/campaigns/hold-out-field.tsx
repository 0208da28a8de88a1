"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Draft } from "./use-draft";

/** The share that gets nothing, so that what the campaign itself brought can be measured. */
export function HoldOutField({ draft: { fields, errors, change } }: { draft: Draft }) {
  return (
    <Field
      label="Hold-out"
      optional
      className="max-w-56"
      help="So many of a hundred get nothing and are measured against the rest. The same customers in every run."
      error={errors.holdOut}
    >
      <Input
        type="number"
        min={0}
        max={50}
        inputMode="numeric"
        suffix="%"
        value={fields.holdOut === 0 ? "" : fields.holdOut}
        onChange={(event) => change({ holdOut: event.target.value === "" ? 0 : Number(event.target.value) })}
      />
    </Field>
  );
}
