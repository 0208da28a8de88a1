"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import type { BegunFile } from "@/server/conversions/files/begin";
import { type ColumnMapping, fileFieldNames, fileFields } from "@/server/conversions/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { FileOutcome } from "./file-outcome";
import { TakeFile } from "./take-file";

const LEAVE_OUT = "leave_out";
const choices = [
  { value: LEAVE_OUT, label: "Leave out" },
  ...fileFieldNames.map((value) => ({ value, label: fileFields[value].label })),
];

type MapFileProps = { file: BegunFile; onAnother: () => void; onDone: () => void };

/** What each column holds; then what would become of the lines; then the taking. */
export function MapFile({ file, onAnother, onDone }: MapFileProps) {
  const trpc = useTRPC();
  const [mapping, setMapping] = useState<ColumnMapping>(file.mapping);
  const [taking, setTaking] = useState(false);
  const check = useMutation(trpc.conversions.checkFile.mutationOptions());
  if (taking) return <TakeFile file={file} mapping={mapping} onAnother={onAnother} onDone={onDone} />;
  const set = (header: string, choice: string) => {
    const { [header]: _, ...others } = mapping;
    const field = fileFieldNames.find((name) => name === choice);
    setMapping(field ? { ...others, [header]: field } : others);
    check.reset();
  };
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        <span className="font-medium text-ink">{file.name}</span>, {formatCount(file.lines)} lines. What do
        its columns hold? Dates may be written 31/03/2026 or 2026-03-31.
      </p>
      <ul className="divide-y divide-line border-line border-y">
        {file.headers.map((header, at) => (
          <li key={header} className="grid grid-cols-[minmax(0,1fr)_11rem] items-center gap-3 py-2 text-sm">
            <span className="min-w-0">
              <span className="block truncate font-medium" title={header}>
                {header}
              </span>
              <span className="block truncate text-muted">
                {file.sample
                  .map((row) => row[at] ?? "")
                  .filter(Boolean)
                  .slice(0, 3)
                  .join(" · ") || "empty in the first lines"}
              </span>
            </span>
            <Select
              label={`What “${header}” holds`}
              options={choices}
              value={mapping[header] ?? LEAVE_OUT}
              onValueChange={(choice) => set(header, choice)}
            />
          </li>
        ))}
      </ul>
      {check.isError && <Notice tone="danger">{firstSentence(check.error.message)}</Notice>}
      {check.data && <FileOutcome outcome={check.data} would />}
      <FormActions>
        <Button onClick={onAnother}>Another file</Button>
        {check.data && check.data.recorded > 0 ? (
          <Button variant="primary" onClick={() => setTaking(true)}>
            Take {formatCount(check.data.recorded)} conversions
          </Button>
        ) : (
          <Button
            variant="primary"
            loading={check.isPending}
            onClick={() => check.mutate({ id: file.id, mapping })}
          >
            Look what would count
          </Button>
        )}
      </FormActions>
    </div>
  );
}

/** Of several complaints about the mapping, the first. */
const firstSentence = (message: string): string => message.split("\n")[0] ?? message;
