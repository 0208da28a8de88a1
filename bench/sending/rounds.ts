import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Sql } from "postgres";
import { childEnvironment, env } from "@/env";
import { arrangeCampaign, release } from "./arrange";

const USUAL = path.join(path.dirname(fileURLToPath(import.meta.url)), "usual-child.ts");
const PATIENCE_MS = 180_000;

/** Messages a second through our own worker, from the release of a frozen campaign to its last recorded result. */
export async function oursRate(owner: Sql, workspaceId: string): Promise<number> {
  const campaign = await arrangeCampaign(owner, workspaceId);
  const from = await release(owner, campaign);
  const open = async () =>
    (
      await owner`select from execution_batches where run_number = ${campaign.runNumber} and status = 'open' limit 1`
    ).length > 0;
  for (let waited = 0; await open(); waited += 50) {
    if (waited > PATIENCE_MS) throw new Error("the campaign does not end");
    await delay(50);
  }
  const [sent] = await owner<{ count: number; until: Date }[]>`
    select count(*)::int as count, max(at) as until from execution_results
    where run_number = ${campaign.runNumber} and state = 'delivered'`;
  if (!sent) throw new Error("nothing was sent");
  return sent.count / ((sent.until.getTime() - from.getTime()) / 1_000);
}

/** Messages a second the usual way, from its start to its last UPDATE. */
export async function usualRate(owner: Sql, workspaceId: string, messages: number): Promise<number> {
  await owner`
    create table if not exists usual_messages (id uuid primary key, workspace_id uuid not null, customer_id uuid not null,
      status text not null, message_id text, sent_at timestamptz)`;
  await owner`create index if not exists usual_messages_pending on usual_messages (workspace_id) where status = 'pending'`;
  await owner`truncate usual_messages`;
  await owner`
    insert into usual_messages (id, workspace_id, customer_id, status)
    select gen_random_uuid(), workspace_id, id, 'pending' from customers where workspace_id = ${workspaceId} limit ${messages}`;
  await owner`vacuum analyze usual_messages`;
  const child = spawn(process.execPath, ["--import", "tsx", USUAL, workspaceId], {
    env: childEnvironment({ DATABASE_URL: env.DATABASE_URL, SMTP_URL: env.SMTP_URL }),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const gone = once(child, "exit");
  const told = async () => {
    const [said] = await Promise.race([once(child, "message"), gone]);
    if (typeof said !== "string") throw new Error("the usual way ended early");
  };
  await told();
  const [start] = await owner<{ at: Date }[]>`select clock_timestamp() as at`;
  child.send("go");
  await told();
  child.kill();
  await gone;
  const [sent] = await owner<{ count: number; until: Date }[]>`
    select count(*)::int as count, max(sent_at) as until from usual_messages where status = 'sent'`;
  if (!sent || !start) throw new Error("nothing was sent");
  return sent.count / ((sent.until.getTime() - start.at.getTime()) / 1_000);
}

/** Resident memory of a process, in MB. */
export const rssMb = (pid: number): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1_024;
