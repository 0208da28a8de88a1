import { hotSql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { type ChannelAdapter, hasInstallationSmtp } from "@/server/channels";
import { fallBack } from "@/server/deliveries/fall-back";
import { Journal } from "@/server/deliveries/journal";
import type { BatchKey, Lease } from "@/server/deliveries/lease";
import { type Holder, leaseBatch } from "@/server/deliveries/lease-batch";
import { ownerIsGone, thisOwner } from "@/server/deliveries/owner";
import { Pacer } from "@/server/deliveries/pace";
import { countEarlyEvents } from "@/server/deliveries/record-provider-events";
import type { ResultRow } from "@/server/deliveries/record-results";
import { copier } from "@/server/deliveries/render-message";
import { sealDue } from "@/server/deliveries/seal-due";
import { sendBatch } from "@/server/deliveries/send-batch";
import { enqueue } from "@/server/jobs/enqueue";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import type { Bumper } from "./bumper";
import { countResults } from "./count-results";
import { Health } from "./health";
import { Loop } from "./loop";
import { Trouble } from "./trouble";

const log = loggerFor("lanes");

export type LaneOptions = {
  /** Batches sent at once. */
  lanes: number;
  /** Members between two looks at the database. */
  microBatch: number;
  leaseMs: number;
  /** Tests send through something else than the account's adapter. */
  through?: (adapter: ChannelAdapter) => ChannelAdapter;
};

const IDLE_MS = 400;
/** Seals and completions looked for in one round. */
const MOST_RUNS = 50;
const JOURNAL_TO_CLEAR = 4 * 1024 * 1024;
/** A run that is still not complete is announced again after this. */
const ANNOUNCE_MS = 60_000;

type Candidate = {
  workspace_id: string;
  run_number: string;
  batch_number: number;
  lease_owner: string | null;
  free: boolean;
};

/** The only place that messages of the ledger leave from: a few lanes, each sending one leased batch at a time. */
export class Lanes {
  readonly #active = new Map<string, Promise<void>>();
  readonly #announced = new Map<string, number>();
  readonly #journal = new Journal();
  readonly #pacer = new Pacer();
  readonly #trouble = new Trouble();
  readonly #health = new Health();
  readonly #loop = new Loop("lanes", IDLE_MS, () => this.#round());
  /** Beside the rounds, which would wait for it while messages do. */
  readonly #chores = new Loop("chores", IDLE_MS, () => this.#doChores());
  #stopping = false;
  #choresAt = 0;

  constructor(
    private readonly options: LaneOptions,
    private readonly bumper: Bumper,
  ) {}

  start(): void {
    this.#loop.start();
    this.#chores.start();
  }

  wake(): void {
    this.#loop.wake();
  }

  get sending(): number {
    return this.#active.size;
  }

  /** Starts nothing more, waits for the messages under way, and gives the leases back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([this.#loop.stop(), this.#chores.stop()]);
    await Promise.all(this.#active.values());
    this.#journal.close();
  }

  async #round(): Promise<boolean> {
    if (performance.now() >= this.#choresAt) this.#chores.wake();
    await this.#seal();
    const free = this.options.lanes - this.#active.size;
    if (free <= 0 || this.#trouble.waiting) return false;
    if (this.#active.size === 0) await this.#tidyJournal();
    let started = 0;
    const candidates = await this.#candidates();
    while (candidates.length > 0 && started < free && !this.#stopping) {
      const taken = await Promise.all(candidates.splice(0, free - started).map((one) => this.#take(one)));
      started += taken.filter(Boolean).length;
    }
    return started > 0;
  }

  async #candidates(): Promise<Candidate[]> {
    const most = this.options.lanes * 16;
    const busy = new Set(this.#active.keys());
    const rows = await hotSql()<
      Candidate[]
    >`select * from leasable_batches(${most}, ${hasInstallationSmtp()})`;
    // What is under way here when they are looked up is ours still, even where it ends before its turn comes.
    return rows.filter(
      (row) =>
        !busy.has(nameOf(keyOf(row))) &&
        (row.free || (row.lease_owner !== null && this.#isDead(row.lease_owner))),
    );
  }

  // Our own name on a batch that we do not work on: a lane of ours ended without letting go.
  #isDead(owner: string): boolean {
    return owner === thisOwner || ownerIsGone(owner);
  }

  async #take(candidate: Candidate): Promise<boolean> {
    const key = keyOf(candidate);
    const name = nameOf(key);
    if (this.#active.has(name)) return false;
    const holder: Holder = {
      owner: thisOwner,
      leaseMs: this.options.leaseMs,
      holds: (other) => this.#active.has(nameOf(other)),
    };
    const lease = await leaseBatch(key, holder);
    if (!lease) return false;
    this.#active.set(
      name,
      this.#send(lease).finally(() => {
        this.#active.delete(name);
        this.wake();
      }),
    );
    return true;
  }

  async #send(lease: Lease): Promise<void> {
    const { runNumber, batchNumber, workspaceId, campaignId } = lease;
    const { adapter } = lease.account;
    try {
      const ended = await sendBatch(lease, {
        adapter: this.options.through?.(adapter) ?? adapter,
        journal: this.#journal,
        pacer: this.#pacer,
        copy: await copier(lease),
        stopping: () => this.#stopping,
        microBatch: this.options.microBatch,
        onRecorded: (_, rows) => this.#recorded(lease, rows),
      });
      log.debug({ runNumber, batchNumber, end: ended.end }, "a batch ended");
      if (ended.end === "unreachable") await this.#trouble.add({ workspaceId, campaignId }, ended.sentence);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      log.error(
        { runNumber, batchNumber, code, message },
        "a lane ended early; its batch will be taken again",
      );
      this.#trouble.pause();
    }
  }

  #recorded(lease: Lease, rows: readonly ResultRow[]): void {
    if (rows.length === 0) return;
    countResults(lease.account, rows);
    if (rows.some((row) => row.state === "delivered" || row.state === "sent")) {
      this.#trouble.clear();
      this.#health.accepted(lease.account);
    }
    const topics = ["campaigns", "deliveries", `campaign:${lease.campaignId}`];
    this.bumper.touch(
      lease.workspaceId,
      ...topics,
      ...(lease.account.provider === "sandbox" ? ["inbox"] : []),
    );
  }

  async #seal(): Promise<void> {
    const runs = await hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_due_executions(${MOST_RUNS})`;
    for (const run of runs)
      await sealDue(systemContext(run.workspace_id), { runNumber: Number(run.run_number) });
  }

  /** What nobody waits for is looked at as often as by an idle worker, however many batches come. */
  async #doChores(): Promise<boolean> {
    this.#choresAt = performance.now() + IDLE_MS / 2;
    const late = await hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_due_fall_backs(${MOST_RUNS})`;
    for (const run of late)
      await fallBack(systemContext(run.workspace_id), { runNumber: Number(run.run_number) });
    const early = await hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_uncounted_events(${MOST_RUNS})`;
    for (const run of early)
      await countEarlyEvents(systemContext(run.workspace_id), { runNumber: Number(run.run_number) });
    await this.#announceDrained();
    return false;
  }

  /** Tells the engine that a run has nothing left to send; the engine's function looks and completes it. */
  async #announceDrained(): Promise<void> {
    const runs = await hotSql()<
      { workspace_id: string; campaign_id: string; run_number: string; last_batch: number }[]
    >`select * from drained_runs(${MOST_RUNS})`;
    const now = performance.now();
    for (const run of runs) {
      const key = `${run.run_number}:${run.last_batch}`;
      const before = this.#announced.get(key);
      if (before !== undefined && now - before < ANNOUNCE_MS) continue;
      const ctx = systemContext(run.workspace_id);
      const again = before === undefined ? "" : `:${thisOwner}:${Math.round(now)}`;
      await withTransaction(ctx, (tx) =>
        enqueue(
          tx,
          ctx,
          "campaign/run.drained",
          { campaignId: run.campaign_id, runNumber: Number(run.run_number) },
          `${key}${again}`,
        ),
      );
      this.#announced.set(key, now);
    }
    if (runs.length === 0) this.#announced.clear();
  }

  /** A journal that no open batch needs is emptied now and then. */
  async #tidyJournal(): Promise<void> {
    if (this.#journal.bytes < JOURNAL_TO_CLEAR) return;
    const owners = await hotSql()<{ owner: string }[]>`select owner from lease_owners() as o(owner)`;
    if (!owners.some(({ owner }) => owner === thisOwner)) this.#journal.clear();
  }
}

const keyOf = (row: Candidate): BatchKey => ({
  workspaceId: row.workspace_id,
  runNumber: Number(row.run_number),
  batchNumber: row.batch_number,
});
const nameOf = (key: BatchKey): string => `${key.runNumber}:${key.batchNumber}`;
