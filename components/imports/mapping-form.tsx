"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import { configureInput, holdsPolicies, type ImportOptions } from "@/server/imports/schemas";
import { ConsentQuestion } from "./consent-question";
import { MappingTable } from "./mapping-table";
import { ReadingOptions } from "./reading-options";
import type { LiveImport } from "./use-import";

type MappingFormProps = { live: LiveImport; attributes: AttributeDefinition[]; onChecking: () => void };

/** What each column holds, how the file is read, and what its people agreed to; then the check. */
export function MappingForm({ live, attributes, onChecking }: MappingFormProps) {
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
    const settled = holdsPolicies(mapping) ? { ...options, rowNumberAsId: false } : options;
    const parsed = configureInput.safeParse({ importId: row.id, mapping, options: settled });
    if (!parsed.success) return setProblems([...new Set(parsed.error.issues.map((issue) => issue.message))]);
    void attempt(async () => {
      await live.configure(parsed.data);
      await live.check();
      onChecking();
    });
  };

  return (
    <>
      {problems.map((problem) => (
        <Notice key={problem} tone="danger">
          {problem}
        </Notice>
      ))}
      <Card
        title="What is in the columns?"
        description={
          row.mappedBefore
            ? "As for the last file with these columns."
            : "Guessed from the names and the first rows. Your answers are remembered for the next file with these columns."
        }
        flush
      >
        <MappingTable
          headers={row.headers}
          sample={row.sample}
          mapping={mapping}
          attributes={attributes}
          onChange={setMapping}
        />
      </Card>
      <ReadingOptions
        row={row}
        mapping={mapping}
        options={options}
        pending={pending}
        onChange={change}
        onReadAgain={(patch) =>
          void attempt(() => live.configure({ mapping: {}, options: { ...options, ...patch } }))
        }
      />
      <ConsentQuestion consent={options.consent} onChange={(consent) => change({ consent })} />
      <FormActions note="Nothing is written by the check." sticky>
        <Button variant="primary" loading={pending} onClick={start}>
          Check the file
        </Button>
      </FormActions>
    </>
  );
}
