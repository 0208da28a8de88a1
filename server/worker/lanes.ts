import { hotSql } from "@/db/client";
import { type ChannelAdapter, hasInstallationSmtp } from "@/server/channels";
import { giveBackUntouched } from "@/server/deliveries/give-back-untouched";
import { Journal } from "@/server/deliveries/journal";
import { keptCircumstances } from "@/server/deliveries/kept-circumstances";
import type { BatchKey, Lease } from "@/server/deliveries/lease";
import { type Holder, leaseBatch, leaseFresh } from "@/server/deliveries/lease-batch";
import { ownerIsGone, thisOwner } from "@/server/deliveries/owner";
import { Pacer } from "@/server/deliveries/pace";
import type { ResultRow } from "@/server/deliveries/record-results";
import { copier } from "@/server/deliveries/render-message";
import { type FreshBatch, sealDue } from "@/server/deliveries/seal-due";
import { sendBatch } from "@/server/deliveries/send-batch";
import { endTrial } from "@/server/deliveries/unreachable";
import { bumpTopicsSoon } from "@/server/platform/bump-soon";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";
import { type Candidate, keyOf, nameOf } from "./candidate";
import { countResults } from "./count-results";
import { Health } from "./health";
import { Loop } from "./loop";
import { isOurs, type Resting, Rests, Unprepared } from "./rests";
import { Trials } from "./trials";
import { Upkeep } from "./upkeep";

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
const PAUSE_MS = 500;
/** Where so many were sealed in one round, there may be more: the next one follows at once. */
const MANY = 1_000;
/** Runs whose due executions are sealed in one round. */
const MOST_RUNS = 50;
const JOURNAL_TO_CLEAR = 4 * 1024 * 1024;

/** The only place that messages of the ledger leave from: a few lanes, each sending one leased batch at a time. */
export class Lanes {
  readonly #active = new Map<string, Promise<void>>();
  readonly #journal = new Journal();
  readonly #pacer = new Pacer();
  readonly #rests = new Rests();
  readonly #trials = new Trials();
  readonly #health = new Health();
  readonly #upkeep = new Upkeep();
  readonly #loop = new Loop("lanes", IDLE_MS, () => this.#round());
  /** Beside the rounds, which would wait for it while messages do. */
  readonly #chores = new Loop("chores", IDLE_MS, () => this.#doChores());
  #stopping = false;
  #choresAt = 0;
  /** Nothing is begun before this: the database is away, or this machine fails us. */
  #pausedUntil = 0;
  /** When batches that wait are looked for again: at once where something was heard of any, else as by an idle worker. */
  #lookAt = 0;

  constructor(private readonly options: LaneOptions) {}

  start(): void {
    this.#loop.start();
    this.#chores.start();
  }

  /** `toSeal`: only executions have come due, which wait to be sealed; else there may be batches that wait. */
  wake(toSeal = false): void {
    if (!toSeal) this.#lookAt = 0;
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
    const free = this.options.lanes - this.#active.size;
    // While all lanes are busy, what comes due goes together into one batch.
    if (free <= 0) return false;
    if (this.#active.size === 0) await this.#tidyJournal();
    const [due, waiting] = await Promise.all([this.#dueRuns(), this.#waiting()]);
    // Whoever waits already is not passed by: then all are sealed first, and taken in the database's order.
    const first = waiting.length === 0 && !this.#paused;
    const { sealed, begun } = await this.#seal(due, first ? free : 0);
    if (this.#paused) return false;
    const candidates = first || due.length === 0 ? waiting : await this.#candidates();
    let started = begun;
    while (candidates.length > 0 && started < free && !this.#stopping) {
      const taken = await Promise.all(candidates.splice(0, free - started).map((one) => this.#take(one)));
      started += taken.filter(Boolean).length;
    }
    return started > begun || sealed >= MANY;
  }

  get #paused(): boolean {
    return performance.now() < this.#pausedUntil;
  }

  /** Nobody, where they were looked for a moment ago and nothing was heard of one since. */
  async #waiting(): Promise<Candidate[]> {
    const now = performance.now();
    if (now < this.#lookAt) return [];
    this.#lookAt = now + IDLE_MS / 2;
    const found = await this.#candidates();
    if (found.length > 0) this.#lookAt = 0;
    return found;
  }

  async #candidates(): Promise<Candidate[]> {
    const most = this.options.lanes * 16;
    const busy = new Set(this.#active.keys());
    const rows = await hotSql()<
      Candidate[]
    >`select * from leasable_batches(${most}, ${hasInstallationSmtp()}, ${this.#rests.names()}::text[])`;
    // What is under way here when they are looked up is ours still, even where it ends before its turn comes.
    const waiting = rows.filter(
      (row) =>
        !busy.has(nameOf(keyOf(row))) &&
        (row.free || (row.lease_owner !== null && this.#isDead(row.lease_owner))),
    );
    return this.#trials.inTurn(waiting);
  }

  // Our own name on a batch that we do not work on: a lane of ours ended without letting go.
  #isDead(owner: string): boolean {
    return owner === thisOwner || ownerIsGone(owner);
  }

  async #take(candidate: Candidate): Promise<boolean> {
    const key = keyOf(candidate);
    // Another batch of its run may have shown a moment ago that none of them can be had.
    if (this.#active.has(nameOf(key)) || this.#rests.has(runOf(key))) return false;
    const holder: Holder = {
      owner: thisOwner,
      leaseMs: this.options.leaseMs,
      holds: (other) => this.#active.has(nameOf(other)),
    };
    try {
      const lease = await leaseBatch(key, holder);
      if (!lease) return false;
      this.#begin(key, async () => lease);
      return true;
    } catch (error) {
      if (isOurs(error)) throw error;
      await this.#rests.begin(runOf(key), error, key.batchNumber);
      return false;
    }
  }

  #begin(key: BatchKey, lease: () => Promise<Lease | null>): void {
    const name = nameOf(key);
    // Sealed again after a crash of the database, while the lane that had it before still learns of it: taken when that one ends.
    if (this.#active.has(name)) return;
    this.#active.set(
      name,
      this.#send(key, lease).then((toSeal) => {
        this.#active.delete(name);
        this.wake(toSeal);
      }),
    );
  }

  /** Resolves with true when all of it is done; else it waits for somebody again. */
  async #send(key: BatchKey, had: () => Promise<Lease | null>): Promise<boolean> {
    const { runNumber, batchNumber } = key;
    let lease: Lease | null = null;
    let ready = false;
    try {
      lease = await had();
      if (!lease) return false;
      const copy = await copier(lease);
      ready = true;
      const { adapter } = lease.account;
      const ended = await sendBatch(lease, {
        adapter: this.options.through?.(adapter) ?? adapter,
        journal: this.#journal,
        pacer: this.#pacer,
        copy,
        stopping: () => this.#stopping,
        microBatch: this.options.microBatch,
        onRecorded: (of, rows) => this.#recorded(of, rows),
      });
      if (ended.end === "done") this.#wentWell(lease);
      if (ended.end === "unreachable" || ended.end === "unprepared") this.#trials.failed(key);
      if (ended.end === "unprepared")
        await this.#rests.begin(runOf(key), new Unprepared(ended.words), batchNumber);
      log.debug({ runNumber, batchNumber, end: ended.end }, "a batch ended");
      return ended.end === "done";
    } catch (error) {
      this.#trials.failed(key);
      if (!isOurs(error)) await this.#rests.putAside(key, ready ? key : runOf(key), error);
      else {
        const { code, message } = error as { code?: string; message?: string };
        log.error({ runNumber, batchNumber, code, message }, "a lane ended early; its batch is taken again");
        this.#pausedUntil = performance.now() + PAUSE_MS;
      }
      return false;
    } finally {
      // It ended before anything was known of the account: else nobody might try it for as long as a lease lasts.
      if (lease?.trial)
        await endTrial(lease).catch(({ message }: Error) =>
          log.warn({ runNumber, batchNumber, message }, "a trial was not ended; it will end"),
        );
    }
  }

  /** Of what its campaign says of it nothing is true any more; taken care of once. */
  #wentWell(lease: Lease): void {
    const { failure } = lease.circumstances.campaign;
    lease.circumstances.campaign.failure = null;
    this.#rests.end(lease, failure);
  }

  #recorded(lease: Lease, rows: readonly ResultRow[]): void {
    if (rows.length === 0) return;
    countResults(lease.account, rows);
    if (rows.some((row) => row.state === "delivered" || row.state === "sent")) {
      this.#health.accepted(lease.account);
      this.#wentWell(lease);
    }
    const topics = ["campaigns", "deliveries", `campaign:${lease.campaignId}`];
    bumpTopicsSoon(lease.workspaceId, ...topics, ...(lease.account.provider === "sandbox" ? ["inbox"] : []));
  }

  #dueRuns(): Promise<{ workspace_id: string; run_number: string }[]> {
    return hotSql()<{ workspace_id: string; run_number: string }[]>`
      select * from runs_with_due_executions(${MOST_RUNS + this.#rests.size})`;
  }

  /** Seals what is due, and begins with as many of the new batches as lanes are free. */
  async #seal(
    due: { workspace_id: string; run_number: string }[],
    free: number,
  ): Promise<{ sealed: number; begun: number }> {
    const { leaseMs } = this.options;
    let sealed = 0;
    let begun = 0;
    for (const run of due) {
      const most = this.#stopping ? 0 : free - begun;
      const { workspaceId, runNumber } = { workspaceId: run.workspace_id, runNumber: Number(run.run_number) };
      const sealing: Resting = { workspaceId, runNumber, sealing: true };
      if (this.#rests.has(sealing) || this.#rests.has({ workspaceId, runNumber })) continue;
      const found = await sealDue(
        systemContext(workspaceId),
        { runNumber },
        { owner: thisOwner, leaseMs, most },
      ).catch(async (error: unknown) => {
        if (isOurs(error)) throw error;
        await this.#rests.begin(sealing, error);
        return null;
      });
      if (!found) continue;
      this.#rests.end(sealing);
      sealed += found.sealed;
      begun += found.taken.length;
      for (const batch of found.taken) this.#begin(batch, () => this.#leaseFresh(batch));
    }
    return { sealed, begun };
  }

  /** Null where its account does not answer: then it waits like the others, until one of them has tried. */
  async #leaseFresh(batch: FreshBatch): Promise<Lease | null> {
    const circumstances = await keptCircumstances(batch);
    if (circumstances.account.unreachable === null)
      return leaseFresh(batch, { owner: thisOwner, leaseMs: this.options.leaseMs, circumstances });
    await giveBackUntouched(batch, thisOwner);
    return null;
  }

  /** What nobody waits for is looked at as often as by an idle worker, however many batches come. */
  async #doChores(): Promise<boolean> {
    this.#choresAt = performance.now() + IDLE_MS / 2;
    await this.#upkeep.look();
    return false;
  }

  /** A journal that no open batch needs is emptied now and then. */
  async #tidyJournal(): Promise<void> {
    if (this.#journal.bytes < JOURNAL_TO_CLEAR) return;
    const owners = await hotSql()<{ owner: string }[]>`select owner from lease_owners() as o(owner)`;
    if (!owners.some(({ owner }) => owner === thisOwner)) this.#journal.clear();
  }
}

const runOf = ({ workspaceId, runNumber }: BatchKey): Resting => ({ workspaceId, runNumber });
