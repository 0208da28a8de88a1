"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { FileDrop } from "@/components/ui/file-drop";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import type { Uploaded } from "@/server/conversions/upload";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

const MOST_BYTES = 2_000_000;

/** "Upload CSV" and its drawer: what became of each line is told. */
export function UploadConversions() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileUp aria-hidden />} onClick={() => setOpen(true)}>
        Upload CSV
      </Button>
      <Drawer title="Upload conversions" open={open} onOpenChange={setOpen}>
        <UploadForm onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function UploadForm({ onDone }: { onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const upload = useMutation(
    trpc.conversions.upload.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.conversions.pathFilter()),
    }),
  );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        The first line names the columns: external_id, phone or email, and any of value, currency, name (the
        event), occurred_at (with an offset), policy_number, campaign_id and id. A line whose id is known is
        left out, so the same file may be sent twice.
      </p>
      {upload.isError && <Notice tone="danger">{upload.error.message}</Notice>}
      {upload.data ? (
        <Result {...upload.data} />
      ) : (
        <FileDrop
          what="a CSV file"
          accept=".csv,.txt,text/csv"
          limit={MOST_BYTES}
          onFile={(file) => void file.text().then((text) => upload.mutate({ text }))}
        />
      )}
      {upload.isPending && <p role="status">Reading and crediting the lines.</p>}
      <FormActions>
        {upload.data && <Button onClick={() => upload.reset()}>Upload another</Button>}
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </FormActions>
    </div>
  );
}

function Result({ recorded, credited, duplicates, refused, refusals }: Uploaded) {
  return (
    <>
      <Notice
        tone={refused > 0 ? "attention" : "good"}
        title={`${formatCount(recorded)} conversions recorded`}
      >
        {formatCount(credited)} of them credited to a message. {formatCount(duplicates)} were known already,{" "}
        {formatCount(refused)} refused.
      </Notice>
      {refusals.length > 0 && (
        <ul aria-label="Refused lines" className="flex max-h-80 flex-col gap-1 overflow-auto text-sm">
          {refusals.map(({ line, reason }) => (
            <li key={line}>
              <span className="text-muted tabular-nums">Line {formatCount(line)}:</span> {reason}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
