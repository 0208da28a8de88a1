import { randomInt } from "node:crypto";
import net from "node:net";

/** Below the ports that systems give to outgoing connections (from 32,768 on Linux, from 49,152 elsewhere). */
const PORTS = { from: 20_000, to: 32_000 };
const MOST_TRIED = 100;

/**
 * A TCP port on the loopback interface that is free now, and that no outgoing connection takes meanwhile: a server that is
 * built first listens minutes later. @throws Error when none of many is free
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < MOST_TRIED; tried++) {
    const port = randomInt(PORTS.from, PORTS.to);
    if (await isPortFree(port, "127.0.0.1")) return port;
  }
  throw new Error(`None of ${MOST_TRIED} ports between ${PORTS.from} and ${PORTS.to} is free.`);
}

/** Whether a server could listen there now. */
export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
