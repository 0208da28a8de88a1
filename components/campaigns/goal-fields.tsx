"use client";

import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { goalWindows } from "@/server/campaigns/status";
import type { Draft } from "./use-draft";

type GoalFieldsProps = { draft: Draft; events: string[] };

/** What says that the goal was reached, and for how long a message gets the credit. */
export function GoalFields({ draft: { fields, errors, change }, events }: GoalFieldsProps) {
  const list = useId();
  const { days, untilGrace } = goalWindows[fields.goal];
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field
        label="Measured by the event"
        optional
        help="Empty: conversions are told by another system or by hand."
        error={errors.conversionEvent}
      >
        <Input
          list={list}
          placeholder="policy_purchased"
          value={fields.conversionEvent ?? ""}
          onChange={(event) => change({ conversionEvent: event.target.value.trim() || null })}
        />
      </Field>
      <datalist id={list}>
        {events.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Field
        label="Counts for"
        optional
        help={
          untilGrace
            ? `Empty: until the due date and the days of grace, ${days} days where they are not known.`
            : `Empty: the window of this goal, ${days} days after the message.`
        }
        error={errors.attributionDays}
      >
        <Input
          type="number"
          min={1}
          inputMode="numeric"
          suffix="days"
          value={fields.attributionDays ?? ""}
          onChange={(event) =>
            change({ attributionDays: event.target.value === "" ? null : Number(event.target.value) })
          }
        />
      </Field>
      <div className="sm:col-span-2">
        <Checkbox
          label="Count premiums that the bank collects by itself"
          description="Otherwise a renewal by auto-debit is not credited to this campaign."
          checked={fields.countsAutoDebit}
          onCheckedChange={(on) => change({ countsAutoDebit: on === true })}
        />
      </div>
    </div>
  );
}
