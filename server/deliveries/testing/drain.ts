import { hotSql } from "@/db/client";
import { type ChannelAdapter, hasInstallationSmtp } from "@/server/channels";
import { systemContext } from "@/server/platform/context";
import { fallBack } from "../fall-back";
import { Journal } from "../journal";
import { leaseBatch } from "../lease-batch";
import { thisOwner } from "../owner";
import { Pacer } from "../pace";
import { copier } from "../render-message";
import { sealDue } from "../seal-due";
import { type BatchEnd, type Sender, sendBatch } from "../send-batch";

export type DrainOptions = Partial<Pick<Sender, "microBatch" | "onRecorded" | "stopping">> & {
  adapter?: ChannelAdapter;
  owner?: string;
  leaseMs?: number;
};

/** Sends every batch that can be had, one after the other, as a worker's lane would; returns how each ended. */
export async function drain(options: DrainOptions = {}): Promise<BatchEnd[]> {
  const owner = options.owner ?? thisOwner;
  const journal = new Journal(owner);
  const pacer = new Pacer();
  const ends: BatchEnd[] = [];
  try {
    for (let progress = true; progress; ) {
      progress = false;
      const due = await hotSql()<{ workspace_id: string; run_number: string }[]>`
        select * from runs_with_due_executions(100)`;
      for (const run of due)
        progress =
          (await sealDue(systemContext(run.workspace_id), { runNumber: Number(run.run_number) })).sealed >
            0 || progress;
      const late = await hotSql()<{ workspace_id: string; run_number: string }[]>`
        select * from runs_with_due_fall_backs(100)`;
      for (const run of late)
        progress =
          (await fallBack(systemContext(run.workspace_id), { runNumber: Number(run.run_number) })) > 0 ||
          progress;
      const rows = await hotSql()<{ workspace_id: string; run_number: string; batch_number: number }[]>`
        select * from leasable_batches(1000, ${hasInstallationSmtp()})`;
      for (const row of rows) {
        const key = {
          workspaceId: row.workspace_id,
          runNumber: Number(row.run_number),
          batchNumber: row.batch_number,
        };
        const lease = await leaseBatch(key, {
          owner,
          leaseMs: options.leaseMs ?? 30_000,
          holds: () => false,
        });
        if (!lease) continue;
        const ended = await sendBatch(lease, {
          adapter: options.adapter ?? lease.account.adapter,
          journal,
          pacer,
          copy: await copier(lease),
          stopping: options.stopping ?? (() => false),
          microBatch: options.microBatch ?? 100,
          onRecorded: options.onRecorded ?? (() => {}),
        });
        ends.push(ended);
        if (ended.end === "done") progress = true;
      }
    }
  } finally {
    journal.close();
  }
  return ends;
}
