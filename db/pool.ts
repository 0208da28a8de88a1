import net from "node:net";
import type { Sql } from "postgres";

/**
 * What postgres.js 3.4.9 needs to live through a lost connection (porsager/postgres issues 1154 and 1208):
 *
 * - A connection that breaks may never write or answer again, even after it was opened anew; whatever gets it hangs. So the
 *   whole pool is replaced at the first sign that one of its connections breaks.
 * - `begin` rolls back when its work fails, also on a connection that is gone, and that write throws outside every promise,
 *   which ends the process. So a failure that came with the connection's end never reaches that roll-back.
 * - What is left (a statement sent on a transaction whose connection is gone) is told by `isLostConnection`.
 */
export type Pool<S> = {
  /** The client in use. Ask for it where it is needed: it changes when a connection was lost. */
  current(): S;
  end(): Promise<void>;
};

/** Options of the driver that tell when a connection breaks. */
export type Watch = { onclose: () => void; socket: (options: Address) => net.Socket };
type Address = { host: string[]; port: number[]; path: string | false };

/** A pool that is replaced goes on so long for what is under way on its healthy connections, and then ends. */
const retireMs = 1000;
const retireSeconds = 2;
const endSeconds = 5;

/**
 * Opens a pool. `open` makes a client with the given options; its connections must live as long as the process
 * (`max_lifetime: null`), so that one which closes has been lost.
 */
export function openPool<S extends AnySql>(
  open: (watch: Watch) => S,
  onLost: () => void = () => undefined,
): Pool<S> {
  let ended = false;
  let current = renew();

  function renew(): S {
    const lose = (): void => {
      if (ended || own !== current) return;
      current = renew();
      setTimeout(() => own.end({ timeout: retireSeconds }).catch(() => undefined), retireMs).unref();
      onLost();
    };
    const own: S = keepRollbackOff(open({ onclose: lose, socket: watchedSocket(lose) }));
    return own;
  }

  return {
    current: () => current,
    async end() {
      ended = true;
      await current.end({ timeout: endSeconds });
    },
  };
}

/** True while the driver opens the connection of a cancellation, which the server closes by design. */
let cancelling = false;

/**
 * Stops a statement in the database. Resolves when the server has taken the request, so that it cannot hit what the
 * connection runs next; the driver's own `cancel` tells nobody when that is. The statement fails with code 57014, unless it
 * ended before.
 */
export async function cancelStatement(query: object): Promise<void> {
  const { active, canceller } = query as {
    active: boolean;
    canceller: ((query: object) => Promise<void>) | null;
  };
  if (!active || !canceller) return;
  cancelling = true;
  try {
    const taken = canceller(query);
    cancelling = false;
    await taken;
  } finally {
    cancelling = false;
  }
}

/** Makes the driver's sockets. Between the error of one and its close, the driver would still write on it. */
function watchedSocket(lose: () => void): Watch["socket"] {
  let turn = 0;
  return ({ host, port, path }) => {
    const socket = new net.Socket();
    const at = turn++ % host.length;
    const place = path ? { path } : { host: host[at] ?? "localhost", port: port[at] ?? 5432 };
    if (!cancelling) socket.once("error", lose).once("end", lose).once("close", lose);
    socket.connect(place);
    // The driver names the address in its errors.
    return Object.assign(socket, place);
  };
}

type AnySql = Pick<Sql, "begin" | "end">;
type Begin = (...args: unknown[]) => Promise<unknown>;

function keepRollbackOff<S extends AnySql>(client: S): S {
  const begin = client.begin as unknown as Begin;
  const guarded: Begin = async (...args) => {
    const work = args.pop() as (tx: unknown) => unknown;
    let over = false;
    const guardedWork = async (tx: unknown): Promise<unknown> => {
      try {
        const result = work(tx);
        return await (Array.isArray(result) ? Promise.all(result) : result);
      } catch (error) {
        // A lost connection fails its query first; the transaction is over when the socket has closed, a turn later.
        for (let turn = 0; turn < 2 && !over; turn++) await new Promise((resolve) => setImmediate(resolve));
        if (over) return new Promise(() => undefined);
        throw error;
      }
    };
    try {
      return await begin(...args, guardedWork);
    } finally {
      over = true;
    }
  };
  return Object.assign(client, { begin: guarded });
}

const lostCodes = new Set(["CONNECTION_CLOSED", "CONNECTION_DESTROYED", "CONNECTION_ENDED"]);
const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "CONNECT_TIMEOUT"]);
/** The server starts, stops or has no connection free. */
const serverCodes = new Set(["57P01", "57P02", "57P03", "53300"]);
const inDriver = /postgres[/\\](?:src|cjs[/\\]src)[/\\]connection\.js/;

/** True for what the driver throws outside every promise when a connection breaks; any other error is a fault of ours. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "", stack = "" } = error as { code?: string; stack?: string };
  if (lostCodes.has(code)) return true;
  if (socketCodes.has(code)) return inDriver.test(stack) || /afterConnect/.test(stack);
  return error instanceof TypeError && /nextWrite/.test(stack) && inDriver.test(stack);
}

/** True for a failure that says nothing about the work itself: the database could not be reached, or went away under it. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = "" } = error as { code?: string };
  // "query" is what the driver adds to every failure of a statement; a socket of somebody else's has none.
  if (lostCodes.has(code) || serverCodes.has(code)) return true;
  return (socketCodes.has(code) && "query" in error) || isDatabaseAway(error.cause);
}

/** Lets the process live through `isLostConnection` and ends it for any other uncaught error. */
export function surviveLostConnections(report: (error: Error, fatal: boolean) => void): void {
  process.on("uncaughtException", (error) => {
    const fatal = !isLostConnection(error);
    report(error, fatal);
    if (fatal) process.exit(1);
  });
}
