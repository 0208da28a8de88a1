"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { FileDrop } from "@/components/ui/file-drop";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { MOST_BYTES, templateKinds } from "@/server/imports/schemas";
import { sendFile } from "./send-file";

type Sending = { name: string; sent: number; total: number; stop: () => void };

/** Drop a file, watch it go, land on the mapping. */
export function UploadForm() {
  const router = useRouter();
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stop = sending?.stop;
  useEffect(() => {
    if (!stop) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [stop]);

  const upload = async (file: File) => {
    setProblem(null);
    const transfer = sendFile(file, (sent) => setSending((now) => now && { ...now, sent }));
    setSending({ name: file.name, sent: 0, total: file.size, stop: transfer.stop });
    const result = await transfer.result;
    if ("importId" in result) return router.push(`/customers/imports/${result.importId}`);
    setSending(null);
    setProblem(result.problem);
  };

  return (
    <>
      {problem && (
        <Notice tone="danger" title="The file was not taken">
          {problem}
        </Notice>
      )}
      {sending ? (
        <Progress
          label={sending.sent < sending.total ? `Uploading ${sending.name}` : `Reading ${sending.name}`}
          done={Math.round(sending.sent / 1024)}
          total={Math.max(1, Math.round(sending.total / 1024))}
          unit="KB"
          action={
            <Button size="sm" onClick={sending.stop}>
              Cancel
            </Button>
          }
        />
      ) : (
        <FileDrop
          what="a CSV file or an Excel workbook"
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          limit={MOST_BYTES}
          onFile={(file) => void upload(file)}
        />
      )}
      <div className="flex flex-col gap-2 text-muted text-sm">
        <p>
          One customer in each row, or one policy: then customers may stand in it many times, and the same
          file can be brought again every day. Columns may have any names and stand in any order; dates,
          amounts and phone numbers may be written in any usual way.
        </p>
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          Templates:
          {Object.entries(templateKinds).map(([kind, label]) => (
            <a
              key={kind}
              href={`/api/imports/template/${kind}`}
              download
              className="inline-flex items-center gap-1 text-accent-ink underline underline-offset-2"
            >
              <Download aria-hidden className="size-3.5" />
              {label}
            </a>
          ))}
        </p>
      </div>
    </>
  );
}
