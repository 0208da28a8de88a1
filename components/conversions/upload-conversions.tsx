"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { FileDrop } from "@/components/ui/file-drop";
import { Notice } from "@/components/ui/notice";
import type { BegunFile } from "@/server/conversions/files/begin";
import { MOST_FILE_BYTES } from "@/server/conversions/schemas";
import { useTRPC } from "@/server/trpc/react";
import { MapFile } from "./map-file";
import { UploadedFiles } from "./uploaded-files";

/** "Upload CSV" and its drawer: bring a file, say what its columns hold, look, take it; and what was brought before. */
export function UploadConversions({ zone }: { zone: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileUp aria-hidden />} onClick={() => setOpen(true)}>
        Upload CSV
      </Button>
      <Drawer title="Upload conversions" open={open} onOpenChange={setOpen}>
        <Upload zone={zone} onDone={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function Upload({ zone, onDone }: { zone: string; onDone: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [file, setFile] = useState<BegunFile | null>(null);
  const files = useQuery(trpc.conversions.files.queryOptions());
  const begin = useMutation(trpc.conversions.beginFile.mutationOptions({ onSuccess: setFile }));
  if (file)
    return (
      <MapFile
        file={file}
        onAnother={() => {
          setFile(null);
          void queryClient.invalidateQueries(trpc.conversions.pathFilter());
        }}
        onDone={onDone}
      />
    );
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">
        One conversion a line, with a line of column names above. Each is credited to the last message in its
        window, and nothing counts before you have seen what would.
      </p>
      {begin.isError && <Notice tone="danger">{begin.error.message}</Notice>}
      <FileDrop
        what="a CSV file"
        accept=".csv,.txt,text/csv"
        limit={MOST_FILE_BYTES}
        disabled={begin.isPending}
        onFile={(given) =>
          void given.text().then((text) => begin.mutate({ name: given.name.slice(0, 200), text }))
        }
      />
      <UploadedFiles files={files.data ?? []} zone={zone} />
    </div>
  );
}
