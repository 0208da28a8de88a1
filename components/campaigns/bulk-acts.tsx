"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, Ban, ChartSpline, Pause, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toaster";
import type { BulkResult } from "@/server/campaigns/bulk";
import type { CampaignLine } from "@/server/campaigns/list";
import type { BulkAct } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { errorMessage } from "./error-details";

type BulkActsProps = { rows: CampaignLine[]; clear: () => void; archived: boolean };

/** What can be done with the chosen campaigns; each refusal is said, campaign by campaign. */
export function BulkActs({ rows, clear, archived }: BulkActsProps) {
  const [results, setResults] = useState<BulkResult[]>([]);
  const run = useBulk(rows, clear, setResults);
  const among = (...statuses: CampaignLine["status"][]) =>
    rows.some(({ status }) => statuses.includes(status));
  const count = `${formatCount(rows.length)} ${rows.length === 1 ? "campaign" : "campaigns"}`;
  return (
    <>
      {among("active") && (
        <Button size="sm" icon={<Pause aria-hidden />} onClick={() => void run("pause")}>
          Pause
        </Button>
      )}
      {among("paused") && (
        <Button size="sm" icon={<Play aria-hidden />} onClick={() => void run("resume")}>
          Resume
        </Button>
      )}
      {among("in_review", "scheduled", "active", "paused") && (
        <ConfirmDialog
          trigger={
            <Button size="sm" icon={<Ban aria-hidden />}>
              Cancel
            </Button>
          }
          title={`Cancel ${count}?`}
          description="What waits is never sent, and a cancelled campaign cannot be resumed. What was sent stays sent and counted."
          confirmLabel={`Cancel ${count}`}
          cancelLabel="Keep them"
          onConfirm={() => run("cancel")}
        />
      )}
      {rows.length >= 2 && rows.length <= 4 && rows.every(({ launchedAt }) => launchedAt) && (
        <Button size="sm" icon={<ChartSpline aria-hidden />} asChild>
          <Link href={`/analytics/compare?${rows.map(({ id }) => `campaign=${id}`).join("&")}`}>Compare</Link>
        </Button>
      )}
      <Button
        size="sm"
        icon={archived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        onClick={() => void run(archived ? "unarchive" : "archive")}
      >
        {archived ? "Take out of the archive" : "Archive"}
      </Button>
      {rows.every(({ status }) => status === "draft") && (
        <ConfirmDialog
          trigger={
            <Button size="sm" icon={<Trash2 aria-hidden />}>
              Delete
            </Button>
          }
          title={`Delete ${count}?`}
          description="Content and targeting are gone for good. Nothing was sent from a draft."
          confirmLabel={`Delete ${count}`}
          cancelLabel="Keep them"
          onConfirm={() => run("deleteDraft")}
        />
      )}
      <Refusals results={results} rows={rows} onClose={() => setResults([])} />
    </>
  );
}

function useBulk(rows: CampaignLine[], clear: () => void, tell: (refused: BulkResult[]) => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (act: BulkAct) => {
    try {
      const results = await client.campaigns.bulk.mutate({ act, ids: rows.map(({ id }) => id) });
      const done = results.filter((result) => result.done).length;
      const refused = results.filter((result) => !result.done);
      await queryClient.invalidateQueries(trpc.campaigns.list.queryFilter());
      if (refused.length > 0) return tell(refused);
      toast.success(`Done with ${formatCount(done)} ${done === 1 ? "campaign" : "campaigns"}`);
      clear();
    } catch (error) {
      toast.error("It did not work", { description: errorMessage(error) });
    }
  };
}

type RefusalsProps = { results: BulkResult[]; rows: CampaignLine[]; onClose: () => void };

function Refusals({ results, rows, onClose }: RefusalsProps) {
  const done = rows.length - results.length;
  return (
    <Dialog
      title={`${formatCount(results.length)} of ${formatCount(rows.length)} stayed as they are`}
      description={done > 0 ? `It was done with the other ${formatCount(done)}.` : "Nothing was changed."}
      width="sm"
      open={results.length > 0}
      onOpenChange={onClose}
      footer={
        <DialogClose>
          <Button variant="primary">Close</Button>
        </DialogClose>
      }
    >
      <ul className="flex flex-col gap-3 py-2 text-sm">
        {results.map(({ id, reason }) => (
          <li key={id}>
            <p className="break-words font-medium">
              {rows.find((row) => row.id === id)?.name ?? "A campaign"}
            </p>
            <p className="text-muted">{reason}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
