"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { configureInput, type ImportOptions } from "@/server/imports/schemas";
import { ConsentQuestion } from "./consent-question";
import { MappingTable } from "./mapping-table";
import type { LiveImport } from "./use-import";

const countries = [
  { value: "IN", label: "India (+91)" },
  { value: "NP", label: "Nepal (+977)" },
  { value: "LK", label: "Sri Lanka (+94)" },
  { value: "AE", label: "United Arab Emirates (+971)" },
  { value: "SG", label: "Singapore (+65)" },
  { value: "GB", label: "United Kingdom (+44)" },
  { value: "US", label: "United States (+1)" },
];

/** What each column holds, how the file is read, and what its people agreed to; then the check. */
export function MappingForm({ live, onChecking }: { live: LiveImport; onChecking: () => void }) {
  const { row } = live;
  const [mapping, setMapping] = useState(row.mapping);
  const [options, setOptions] = useState(row.options);
  const [pending, setPending] = useState(false);
  const [problems, setProblems] = useState<string[]>([]);
  const change = (patch: Partial<ImportOptions>) => setOptions((before) => ({ ...before, ...patch }));

  const attempt = async (work: () => Promise<unknown>) => {
    setPending(true);
    setProblems([]);
    try {
      await work();
    } catch (error) {
      setProblems([error instanceof Error ? error.message : "It did not work. Nothing was changed."]);
    } finally {
      setPending(false);
    }
  };
  const start = () => {
    const parsed = configureInput.safeParse({ importId: row.id, mapping, options });
    if (!parsed.success) return setProblems([...new Set(parsed.error.issues.map((issue) => issue.message))]);
    void attempt(async () => {
      await live.configure(parsed.data);
      await live.check();
      onChecking();
    });
  };
  // Other columns come of it, so it is asked of the server at once; this form then starts anew.
  const readAgain = (hasHeader: boolean) =>
    void attempt(() => live.configure({ mapping: {}, options: { ...options, hasHeader } }));

  return (
    <>
      {problems.map((problem) => (
        <Notice key={problem} tone="danger">
          {problem}
        </Notice>
      ))}
      <Card
        title="What is in the columns?"
        description="Guessed from the names and the first rows. Your answers are remembered for the next file with these columns."
        flush
      >
        <MappingTable headers={row.headers} sample={row.sample} mapping={mapping} onChange={setMapping} />
      </Card>
      <Card title="How is the file read?">
        <div className="flex flex-col gap-3">
          <Checkbox
            label="The first row holds the names of the columns"
            checked={options.hasHeader}
            disabled={pending}
            onCheckedChange={(checked) => readAgain(checked === true)}
          />
          <Checkbox
            label="Use the row number as external id"
            description="For files that name nobody. The same file again then finds the same customers."
            checked={options.rowNumberAsId}
            onCheckedChange={(checked) => change({ rowNumberAsId: checked === true })}
          />
          <div className="max-w-xs">
            <Field label="Phone numbers without a country code are from">
              <Select
                options={countries}
                value={options.country}
                onValueChange={(country) => change({ country })}
              />
            </Field>
          </div>
        </div>
      </Card>
      <ConsentQuestion consent={options.consent} onChange={(consent) => change({ consent })} />
      <FormActions note="Nothing is written by the check." sticky>
        <Button variant="primary" loading={pending} onClick={start}>
          Check the file
        </Button>
      </FormActions>
    </>
  );
}
