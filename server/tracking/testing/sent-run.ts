import type { Sql } from "postgres";
import type { Channel } from "@/server/channels/status";
import { type LedgerRun, makeLedgerRun } from "./ledger";

export type SentRun = LedgerRun & { addresses: string[] };

let lastNumber = 9_000_000_000;

/** A run whose messages were delivered on a channel, to customers with promotional consent for it. */
export async function makeSentRun(
  owner: Sql,
  workspaceId: string,
  { channel = "sms", size = 1 }: { channel?: Channel; size?: number } = {},
): Promise<SentRun> {
  const run = await makeLedgerRun(owner, workspaceId, { size });
  const phones = run.customerIds.map(() => `+91${++lastNumber}`);
  for (const [at, id] of run.customerIds.entries())
    await owner`update customers set phone = ${phones[at] ?? ""} where id = ${id}`;
  await owner`update executions set channel = ${channel} where run_number = ${run.runNumber}`;
  await owner`
    insert into execution_results (part, run_number, seq, batch_number, workspace_id, state)
    select part, run_number, seq, 1, workspace_id, 'delivered' from executions where run_number = ${run.runNumber}`;
  await owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, ${channel}, 'promotional', true from unnest(${run.customerIds}::uuid[]) as t (id)`;
  const addresses = channel === "email" ? run.customerIds.map((id) => `${id}@example.test`) : phones;
  return { ...run, addresses };
}
