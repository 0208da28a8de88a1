"use client";

import { useQuery } from "@tanstack/react-query";
import { ImageIcon, Plus } from "lucide-react";
import { useRef, useState } from "react";
import { acceptOf, uploadFile } from "@/components/files/upload-file";
import { Button } from "@/components/ui/button";
import { fileKinds } from "@/server/files/status";
import { formatBytes } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";

/** The picture at the top of every mail; without it the company's name stands there. */
export function LogoField({
  fileId,
  onChange,
}: {
  fileId: string | null;
  onChange: (fileId: string | null) => void;
}) {
  const trpc = useTRPC();
  const input = useRef<HTMLInputElement>(null);
  const [uploading, setUploading] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const files = useQuery(trpc.files.list.queryOptions({ ids: fileId ? [fileId] : [] }));
  const logo = fileId ? files.data?.[0] : undefined;
  const add = async (file: File | undefined) => {
    if (!file) return;
    setUploading(true);
    setRefused(null);
    try {
      onChange((await uploadFile(file, ["image"])).id);
    } catch (error) {
      setRefused((error as Error).message);
    }
    setUploading(false);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <span className="font-medium text-sm">Logo</span>
      <div className="flex flex-wrap items-center gap-3">
        <span className="flex h-16 w-40 items-center justify-center rounded-md border border-line bg-white p-2">
          {logo ? (
            // biome-ignore lint/performance/noImgElement: a signed address of this host, shown as it is
            <img src={logo.url} alt="The logo now" className="max-h-full max-w-full object-contain" />
          ) : (
            <ImageIcon aria-hidden className="size-5 text-faint" />
          )}
        </span>
        <Button
          loading={uploading}
          icon={!fileId && <Plus aria-hidden />}
          onClick={() => input.current?.click()}
        >
          {fileId ? "Change" : "Add a logo"}
        </Button>
        {fileId && (
          <Button variant="ghost" onClick={() => onChange(null)}>
            Remove
          </Button>
        )}
      </div>
      <p aria-live="polite" className={refused ? "text-danger text-xs" : "text-faint text-xs"}>
        {refused ??
          `Up to ${formatBytes(fileKinds.image.most)}, PNG, JPEG, GIF or WebP. Shown 40 pixels high: twice that looks sharp.`}
      </p>
      <input
        ref={input}
        type="file"
        aria-label="Logo file"
        tabIndex={-1}
        accept={acceptOf(["image"])}
        className="sr-only"
        onChange={(event) => {
          void add(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
    </div>
  );
}
