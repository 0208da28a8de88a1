"use client";

import { FileUp } from "lucide-react";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Drawer } from "@/components/ui/drawer";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import type { RegistryPreview } from "@/server/channels/registry/import-registry";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { RegistryCheck } from "./registry-check";

const LIMIT = 2_000_000;

type Read = { name: string; content: string };

/** Brings the export of a DLT portal: checked first, taken on demand. */
export function ImportRegistry() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={<FileUp aria-hidden />} onClick={() => setOpen(true)}>
        Import the registry
      </Button>
      <Drawer title="Import the DLT registry" open={open} onOpenChange={setOpen}>
        {open && <ImportForm onDone={() => setOpen(false)} />}
      </Drawer>
    </>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const client = useTRPCClient();
  const [file, setFile] = useState<Read | null>(null);
  const [entityId, setEntityId] = useState("");
  const [complete, setComplete] = useState(true);
  const [preview, setPreview] = useState<RegistryPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const attempt = (work: () => Promise<void>) =>
    startTransition(async () => {
      setProblem(null);
      try {
        await work();
      } catch (cause) {
        setProblem(cause instanceof Error ? cause.message : "It did not work. Nothing was changed.");
      }
    });
  const check = (read: Read) =>
    attempt(async () => {
      setPreview(null);
      setPreview(await client.channels.previewRegistry.mutate({ content: read.content, entityId }));
    });
  const take = (read: Read) =>
    attempt(async () => {
      const done = await client.channels.importRegistry.mutate({ content: read.content, entityId, complete });
      toast.success(
        `${formatCount(done.added)} added, ${formatCount(done.changed)} changed, ${formatCount(done.refusedCount)} refused`,
      );
      onDone();
    });
  const taken = preview ? preview.added + preview.changed + preview.unchanged : 0;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        On your DLT portal: Templates › Content templates › Download, as CSV. The columns are found by their
        names, whichever operator's portal it is.
      </p>
      <Field label="Principal entity id" optional help="19 digits; only where the file has no column for it.">
        <Input
          className="font-mono"
          autoComplete="off"
          inputMode="numeric"
          value={entityId}
          onChange={(event) => setEntityId(event.target.value)}
          onBlur={() => file && check(file)}
        />
      </Field>
      <FileDrop
        what={file ? "another CSV file" : "the CSV file"}
        accept=".csv,.txt,text/csv,text/plain"
        limit={LIMIT}
        disabled={pending}
        onFile={(chosen) =>
          attempt(async () => {
            const read = { name: chosen.name, content: await chosen.text() };
            setFile(read);
            setPreview(null);
            setPreview(await client.channels.previewRegistry.mutate({ content: read.content, entityId }));
          })
        }
      />
      {problem && (
        <Notice tone="danger" title={file?.name}>
          {problem}
        </Notice>
      )}
      {file && preview && (
        <>
          <RegistryCheck name={file.name} preview={preview} />
          {preview.missing > 0 && (
            <Checkbox
              label={`Take ${formatCount(preview.missing)} texts out of use that the file does not hold`}
              description="Untick where the file is only a part of the registry."
              checked={complete}
              onCheckedChange={(checked) => setComplete(checked === true)}
            />
          )}
          <FormActions>
            <Button variant="ghost" onClick={onDone}>
              Cancel
            </Button>
            <Button variant="primary" loading={pending} disabled={taken === 0} onClick={() => take(file)}>
              Import {formatCount(taken)} {taken === 1 ? "text" : "texts"}
            </Button>
          </FormActions>
        </>
      )}
    </div>
  );
}
