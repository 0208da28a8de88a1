import { type Core, connect, type Sql } from "./core";

export type Identity = {
  id(): number;
  /** False while the connection that holds this process's lock is gone: nothing is claimed then. */
  isHeld(): boolean;
  /** Remembers a lease whose answer could not be stored, so that it is freed as soon as the database is back. */
  orphan(jobId: number, generation: number): void;
  /** Takes the lock back after a lost connection and frees orphaned leases. Called by the heartbeat. */
  keep(): Promise<void>;
  close(): Promise<void>;
};

/**
 * The identity of one engine process: a number and a session advisory lock on it. Postgres drops the lock with the
 * connection, so peers see a dead process at once, whatever killed it and whatever the clocks say.
 */
export async function takeIdentity(core: Core, onWake: () => void): Promise<Identity> {
  const [row] = await core.sql<{ id: number }[]>`select nextval('engine.instance_id')::int as id`;
  const id = row?.id ?? 0;
  let held = false;
  let closed = false;
  let orphans: { jobId: number; generation: number }[] = [];
  let session: Sql = open();

  function open(): Sql {
    return connect(core.config.databaseUrl, 1, () => {
      held = false;
      if (!closed) core.log.warn({ instance: id }, "engine lock connection lost");
    });
  }

  async function take(): Promise<void> {
    const own = session;
    const [lock] = await own<{ ok: boolean }[]>`select pg_try_advisory_lock(7289, ${id}) as ok`;
    await own.listen("engine_wake", (from) => from !== String(id) && onWake());
    held = lock?.ok ?? false;
  }

  await take();
  return {
    id: () => id,
    isHeld: () => held,
    orphan: (jobId, generation) => orphans.push({ jobId, generation }),
    async keep() {
      if (!held && !closed) {
        await session.end({ timeout: 0 }).catch(() => undefined);
        session = open();
        await take();
        core.log.info({ instance: id, held }, "engine lock taken again");
      }
      const freed = orphans;
      orphans = [];
      for (const { jobId, generation } of freed) {
        await core.sql`
          update engine.job set state = 'ready', owner = null, lost = lost + 1
          where id = ${jobId} and generation = ${generation} and state = 'leased'`;
        core.wake();
      }
    },
    async close() {
      closed = true;
      await session.end({ timeout: 5 });
    },
  };
}
