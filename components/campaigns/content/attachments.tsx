"use client";

import { CircleAlert, FileText, Paperclip, X } from "lucide-react";
import { useRef, useState } from "react";
import { acceptOf, uploadFile } from "@/components/files/upload-file";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Attachment } from "@/server/campaigns/content";
import { formatBytes } from "@/server/platform/format";

/** As many as a campaign takes; see `draftFields`. */
const MOST = 10;

type AttachmentsProps = {
  attachments: Attachment[];
  problem: string | undefined;
  onChange: (attachments: Attachment[]) => void;
};

/** Files that go with every mail of the campaign, whatever its language. */
export function Attachments({ attachments, problem, onChange }: AttachmentsProps) {
  const [uploading, setUploading] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const add = async (file: File | undefined) => {
    if (!file) return;
    setUploading(true);
    setRefused(null);
    try {
      const { id, name, mediaType, bytes } = await uploadFile(file, ["document", "image"]);
      onChange([...attachments, { fileId: id, name, mediaType, bytes }]);
    } catch (error) {
      setRefused((error as Error).message);
    }
    setUploading(false);
  };
  const total = attachments.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section aria-label="Attachments" className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-medium text-sm">
          Attachments
          {attachments.length > 0 && (
            <span className="font-normal text-faint"> {formatBytes(total)} of 10 MB together</span>
          )}
        </h2>
        <Button
          size="sm"
          loading={uploading}
          disabled={attachments.length >= MOST}
          icon={<Paperclip aria-hidden />}
          onClick={() => input.current?.click()}
        >
          Attach a file
        </Button>
      </div>
      {attachments.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {attachments.map(({ fileId, name, bytes }) => (
            <li
              key={fileId}
              className="flex h-control min-w-0 items-center gap-2 rounded-md border border-line bg-surface pr-1 pl-2.5 text-sm"
            >
              <FileText aria-hidden className="size-4 shrink-0 text-faint" />
              <span className="max-w-56 truncate" title={name}>
                {name}
              </span>
              <span className="text-faint tabular-nums">{formatBytes(bytes)}</span>
              <IconButton
                label={`Remove ${name}`}
                size="sm"
                className="size-6"
                icon={<X aria-hidden />}
                onClick={() => onChange(attachments.filter((each) => each.fileId !== fileId))}
              />
            </li>
          ))}
        </ul>
      )}
      <p aria-live="polite" className="flex gap-1.5 text-danger text-xs empty:hidden">
        {(refused ?? problem) && <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
        {refused ?? problem}
      </p>
      <input
        ref={input}
        type="file"
        aria-label="File to attach"
        tabIndex={-1}
        accept={acceptOf(["document", "image"])}
        className="sr-only"
        onChange={(event) => {
          void add(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </section>
  );
}
