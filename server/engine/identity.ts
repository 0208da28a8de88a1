import { type Core, connect, type Sql } from "./core";

export type Identity = {
  id(): number;
  /** False while the connection that holds this process's lock is gone: nothing is claimed then. */
  isHeld(): boolean;
  /** Takes the lock back after a lost connection. Called by the heartbeat. */
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
  let session = open();

  function open(): Sql {
    const own: Sql = connect(core.config.databaseUrl, 1, {
      onclose() {
        if (own !== session) return;
        held = false;
        if (!closed) core.log.warn({ instance: id }, "engine lock connection lost");
      },
      onnotify: (_channel: string, from: string) => from !== String(id) && onWake(),
    });
    return own;
  }

  async function take(): Promise<void> {
    const [lock] = await session<{ ok: boolean }[]>`select pg_try_advisory_lock(7289, ${id}) as ok`;
    await session.unsafe("listen engine_wake");
    held = lock?.ok ?? false;
  }

  await take();
  return {
    id: () => id,
    isHeld: () => held,
    async keep() {
      if (held || closed) return;
      await session.end({ timeout: 0 }).catch(() => undefined);
      session = open();
      await take();
      core.log.info({ instance: id, held }, "engine lock taken again");
    },
    async close() {
      closed = true;
      await session.end({ timeout: 5 });
    },
  };
}
