"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { FileDrop } from "@/components/ui/file-drop";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { type FileKind, MOST_FILE_BYTES } from "@/server/consent/schemas";
import { useTRPC } from "@/server/trpc/react";
import { fileKindWords } from "./file-words";

/** Brings a file of one kind; it is checked at once, and nothing is changed before somebody says so. */
export function BringFile({ kind }: { kind: FileKind }) {
  const router = useRouter();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const words = fileKindWords[kind];
  const upload = async (file: File) => {
    setProblem(null);
    setSending(file.name);
    try {
      const query = new URLSearchParams({ kind, name: file.name });
      const answer = await fetch(`/api/consent/files?${query}`, { method: "POST", body: file });
      const result = (await answer.json()) as { fileId?: string; error?: { message: string } };
      if (!result.fileId) throw new Error(result.error?.message ?? "The file was not taken.");
      await queryClient.invalidateQueries(trpc.consent.files.queryFilter());
      router.push(`/customers/consent/files/${result.fileId}`);
    } catch (cause) {
      setSending(null);
      setProblem(cause instanceof Error ? cause.message : "The file was not taken. Try again.");
    }
  };
  return (
    <Card title={words.title} description={words.help}>
      <div className="flex flex-col gap-3">
        {problem && <Notice tone="danger">{problem}</Notice>}
        {sending ? (
          <p className="flex items-center justify-center gap-2 rounded-md border border-line-strong border-dashed px-6 py-10 text-muted">
            <Spinner /> Reading {sending}
          </p>
        ) : (
          <FileDrop
            what="a CSV file or an Excel workbook"
            accept=".csv,.tsv,.txt,.xlsx,text/csv"
            limit={MOST_FILE_BYTES}
            onFile={(file) => void upload(file)}
          />
        )}
        <p className="text-muted text-sm">
          Columns: {words.columns}.{" "}
          <a
            href={`data:text/csv;charset=utf-8,${encodeURIComponent(words.example)}`}
            download={`${kind}-example.csv`}
            className="inline-flex items-center gap-1 text-accent-ink underline underline-offset-2"
          >
            <Download aria-hidden className="size-3.5" />
            An example
          </a>
        </p>
      </div>
    </Card>
  );
}
