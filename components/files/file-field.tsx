"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText, X } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { type FileKind, fileKinds } from "@/server/files/status";
import { formatBytes } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { acceptOf, uploadFile } from "./upload-file";

type FileFieldProps = {
  label: string;
  kind: FileKind;
  fileId: string | null;
  error: string | undefined;
  onChange: (fileId: string | null) => void;
};

/** One stored file of a kind: chosen, shown, taken away. */
export function FileField({ label, kind, fileId, error, onChange }: FileFieldProps) {
  const trpc = useTRPC();
  const input = useRef<HTMLInputElement>(null);
  const [uploading, setUploading] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const files = useQuery(trpc.files.list.queryOptions({ ids: fileId ? [fileId] : [] }));
  const file = fileId ? files.data?.[0] : undefined;
  const add = async (chosen: File | undefined) => {
    if (!chosen) return;
    setUploading(true);
    setRefused(null);
    try {
      onChange((await uploadFile(chosen, [kind])).id);
    } catch (problem) {
      setRefused((problem as Error).message);
    }
    setUploading(false);
  };
  const wrong = refused ?? error;
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-sm">{label}</span>
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        {file && (
          <a
            href={file.url}
            target="_blank"
            rel="noreferrer"
            className="flex h-control min-w-0 items-center gap-2 rounded-md border border-line px-2.5 text-sm hover:bg-hover"
          >
            <FileText aria-hidden className="size-4 shrink-0 text-faint" />
            <span className="max-w-56 truncate">{file.name}</span>
            <span className="text-faint tabular-nums">{formatBytes(file.bytes)}</span>
          </a>
        )}
        <Button loading={uploading} onClick={() => input.current?.click()}>
          {file ? "Change" : `Choose the ${fileKinds[kind].label}`}
        </Button>
        {file && (
          <IconButton label={`Remove ${file.name}`} icon={<X aria-hidden />} onClick={() => onChange(null)} />
        )}
      </div>
      <p aria-live="polite" className={wrong ? "text-danger text-xs" : "text-faint text-xs"}>
        {wrong ?? `Up to ${formatBytes(fileKinds[kind].most)}`}
      </p>
      <input
        ref={input}
        type="file"
        aria-label={label}
        tabIndex={-1}
        accept={acceptOf([kind])}
        className="sr-only"
        onChange={(event) => {
          void add(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
