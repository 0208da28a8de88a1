"use client";

import { FileUp } from "lucide-react";
import { useState } from "react";
import { formatBytes } from "@/server/platform/format";
import { cn } from "./cn";
import { useFieldProps } from "./field-context";

type FileDropProps = {
  /** What to bring: "a CSV file with a header line". */
  what: string;
  /** As for an input: ".csv,text/csv". */
  accept: string;
  /** Bytes. */
  limit: number;
  /** Only files within the limit arrive here. */
  onFile: (file: File) => void;
  disabled?: boolean;
};

/** Drop one file here, or choose it. */
export function FileDrop({ what, accept, limit, onFile, disabled = false }: FileDropProps) {
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const field = useFieldProps();
  const take = (file: File | undefined) => {
    setOver(false);
    if (!file || disabled) return;
    if (file.size > limit)
      return setRefused(
        `${file.name} has ${formatBytes(file.size)}. Up to ${formatBytes(limit)} can be read.`,
      );
    setRefused(null);
    onFile(file);
  };
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
      className={cn(
        "flex w-full flex-col items-center gap-1 rounded-md border border-line-strong border-dashed bg-surface px-6 py-10 text-center transition-colors",
        "focus-within:border-accent-ink focus-within:outline-2 focus-within:outline-accent-ink/60",
        over && "border-accent-ink bg-accent-soft",
        disabled ? "opacity-50" : "cursor-pointer hover:bg-hover",
      )}
    >
      <FileUp aria-hidden className="mb-1 size-5 text-muted" />
      <span>
        Drop {what} here, or <span className="font-medium text-accent-ink">choose it</span>
      </span>
      <span className="text-faint text-xs">Up to {formatBytes(limit)}</span>
      <span aria-live="polite" className="text-danger text-sm empty:hidden">
        {refused}
      </span>
      <input
        {...field}
        // One that was chosen before the page listened is here already.
        ref={(input) => {
          const early = input?.files?.[0];
          if (!input || !early) return;
          input.value = "";
          take(early);
        }}
        type="file"
        accept={accept}
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files?.[0]);
          // Choosing the same file again, after mending it, must be noticed.
          event.target.value = "";
        }}
      />
    </label>
  );
}
