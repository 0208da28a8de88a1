"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { StatusBadge } from "@/components/ui/status-badge";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toaster";
import type { ConversionFile } from "@/server/conversions/files/list";
import { conversionFileStatuses } from "@/server/conversions/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** Files that were brought before: go on with one that was stopped, or take one back. */
export function UploadedFiles({ files, zone }: { files: readonly ConversionFile[]; zone: string }) {
  if (files.length === 0) return null;
  return (
    <section aria-label="Files" className="flex flex-col gap-1">
      <h3 className="font-medium text-sm">Files</h3>
      <ul className="divide-y divide-line border-line border-y text-sm">
        {files.map((file) => (
          <li key={file.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <span className="min-w-0 flex-1 basis-40">
              <span className="block truncate font-medium">{file.name}</span>
              <span className="block text-muted">
                {formatCount(file.recorded)} recorded, {formatCount(file.credited)} credited
                {file.refused > 0 && `, ${formatCount(file.refused)} refused`}. {file.byName},{" "}
                <Time value={file.at} zone={zone} />
              </span>
            </span>
            <StatusBadge {...conversionFileStatuses[file.status]} />
            {file.goesOn && <GoOn file={file} />}
            {file.status !== "undone" && <Undo file={file} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function GoOn({ file }: { file: ConversionFile }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [taken, setTaken] = useState<number | null>(null);
  const go = async () => {
    setTaken(file.taken);
    try {
      for (;;) {
        const next = await client.conversions.goOnWithFile.mutate({ id: file.id });
        setTaken(next.taken);
        if (next.done) break;
      }
      toast.success(`${file.name} is taken`);
    } catch (cause) {
      toast.error("It stopped again", { description: cause instanceof Error ? cause.message : undefined });
    }
    setTaken(null);
    await queryClient.invalidateQueries(trpc.conversions.pathFilter());
  };
  return (
    <Button size="sm" loading={taken !== null} onClick={() => void go()}>
      {taken === null ? "Go on" : `${formatCount(taken)} of ${formatCount(file.lines)}`}
    </Button>
  );
}

function Undo({ file }: { file: ConversionFile }) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const undo = async () => {
    for (;;) {
      const { left } = await client.conversions.undoFile.mutate({ id: file.id });
      if (left === 0) break;
    }
    await queryClient.invalidateQueries(trpc.conversions.pathFilter());
    toast.success(`What ${file.name} told is taken back`);
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Take back
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Take back ${file.name}?`}
        description={`Its ${formatCount(file.recorded)} conversions leave every figure, also those that were corrected since.`}
        confirmLabel="Take back"
        onConfirm={undo}
      />
    </>
  );
}
