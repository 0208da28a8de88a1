"use client";

import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ImportDetail } from "@/server/imports/get";
import { holdsPayments, holdsPolicies, type ImportOptions } from "@/server/imports/schemas";

const countries = [
  { value: "IN", label: "India (+91)" },
  { value: "NP", label: "Nepal (+977)" },
  { value: "LK", label: "Sri Lanka (+94)" },
  { value: "AE", label: "United Arab Emirates (+971)" },
  { value: "SG", label: "Singapore (+65)" },
  { value: "GB", label: "United Kingdom (+44)" },
  { value: "US", label: "United States (+1)" },
];

const dateOrders = [
  { value: "day_first" as const, label: "Day first: 31/03/2026" },
  { value: "month_first" as const, label: "Month first: 03/31/2026" },
];

type ReadingOptionsProps = {
  row: ImportDetail;
  mapping: Record<string, string>;
  options: ImportOptions;
  pending: boolean;
  onChange: (patch: Partial<ImportOptions>) => void;
  /** Other columns come of these, so they are asked of the server at once. */
  onReadAgain: (patch: Pick<Partial<ImportOptions>, "hasHeader" | "skipRows" | "sheet">) => void;
};

/** How the file is read: where its table is, and how it writes dates and phones. */
export function ReadingOptions({
  row,
  mapping,
  options,
  pending,
  onChange,
  onReadAgain,
}: ReadingOptionsProps) {
  const { workbook } = row;
  const policies = holdsPolicies(mapping);
  const hasDates = Object.values(mapping).some((target) => /_date$|^paid_on$/.test(target));
  return (
    <Card title="How is the file read?">
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {workbook && workbook.sheets.length > 1 && (
          <Field label="Sheet of the workbook">
            <Select
              disabled={pending}
              options={workbook.sheets.map((value) => ({ value, label: value }))}
              value={workbook.sheet}
              onValueChange={(sheet) => onReadAgain({ sheet })}
            />
          </Field>
        )}
        <Field label="Rows above the table" help="A title, the day of the list: they are left out.">
          <Input
            type="number"
            min={0}
            max={50}
            disabled={pending}
            defaultValue={options.skipRows}
            onBlur={(event) => {
              const skipRows = Number(event.target.value);
              if (
                Number.isInteger(skipRows) &&
                skipRows >= 0 &&
                skipRows <= 50 &&
                skipRows !== options.skipRows
              )
                onReadAgain({ skipRows });
            }}
          />
        </Field>
        <Field label="Phone numbers without a country code are from">
          <Select
            options={countries}
            value={options.country}
            onValueChange={(country) => onChange({ country })}
          />
        </Field>
        {hasDates && (
          <Field label="Dates are written">
            <Select
              options={dateOrders}
              value={options.dateOrder}
              onValueChange={(dateOrder) => onChange({ dateOrder })}
            />
          </Field>
        )}
        {holdsPayments(mapping) && (
          <Field
            label="The payments are of"
            help="Found in the file or its name, else today. Messages that depend on payments wait when this is older than a day."
          >
            <Input
              type="date"
              value={options.paymentsAsOf ?? ""}
              onChange={(event) => onChange({ paymentsAsOf: event.target.value || null })}
            />
          </Field>
        )}
        <div className="flex flex-col gap-3 sm:col-span-2">
          <Checkbox
            label="The first row of the table holds the names of the columns"
            checked={options.hasHeader}
            disabled={pending}
            onCheckedChange={(checked) => onReadAgain({ hasHeader: checked === true })}
          />
          {!policies && (
            <Checkbox
              label="Use the row number as external id"
              description="For files that name nobody. The same file again then finds the same customers."
              checked={options.rowNumberAsId}
              onCheckedChange={(checked) => onChange({ rowNumberAsId: checked === true })}
            />
          )}
        </div>
      </div>
    </Card>
  );
}
