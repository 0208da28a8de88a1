import http from "node:http";
import type { AddressInfo } from "node:net";
import { sendEvents } from "@/server/api/v1/events";
import { LARGEST_BODY } from "@/server/api/v1/read-request";
import { answerRequest, type Served } from "@/server/api/v1/serve";
import { Door } from "@/server/platform/door";
import { METRICS_TYPE, renderMetrics } from "@/server/platform/metrics";
import { observeHttp } from "@/server/platform/observe-http";

export type Intake = {
  port: number;
  /** From now on `GET /health` answers 503; everything else is answered as before. */
  drain: () => void;
  stop: () => Promise<void>;
};

/** What is under way when it stops is cut after this (ms). */
const GRACE_MS = 7_000;

/** All that is taken here: another address is answered like one that there is not. */
const taken = [sendEvents];

/**
 * Takes events over plain `node:http`, without Next around it: the same operation as `POST /api/v1/events`, with the same keys,
 * schemas, verb and answers. `GET /health` answers while it listens. `stop` lets requests under way be answered.
 */
export async function startIntake({ host, port }: { host: string; port: number }): Promise<Intake> {
  observeHttp("intake");
  let draining = false;
  const server = http.createServer((request, response) => {
    answer(request, draining)
      .then((answered) => send(answered, response))
      .catch(() => response.destroy());
  });
  server.keepAliveTimeout = 65_000;
  const door = new Door(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    drain: () => {
      draining = true;
      door.drain();
    },
    stop: () => door.close(GRACE_MS),
  };
}

/** An answer as it goes over the wire. */
type Written = { status: number; headers: Record<string, string>; text: string };

const plain = (status: number, text: string): Written => ({
  status,
  headers: { "content-type": "text/plain" },
  text,
});

async function answer(request: http.IncomingMessage, draining: boolean): Promise<Written> {
  const { pathname } = new URL(request.url ?? "/", "http://intake");
  if (pathname === "/health") return draining ? plain(503, "stopping") : plain(200, "ok");
  if (pathname === "/metrics" && fromHere(request))
    return { status: 200, headers: { "content-type": METRICS_TYPE }, text: renderMetrics([]) };
  if (pathname !== "/api/v1/events" || request.method !== "POST")
    return spelled(await answerRequest([], new Request(`http://intake${pathname}`)));
  return spelled(await answerRequest(taken, await toRequest(request)));
}

const spelled = ({ status, headers, body }: Served): Written => ({
  status,
  headers: { ...headers, "content-type": "application/json" },
  text: JSON.stringify(body),
});

/** Counts of this process are for its own machine; through a proxy nobody comes from here. */
const fromHere = ({ socket, headers }: http.IncomingMessage): boolean =>
  headers["x-forwarded-for"] === undefined && /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? "");

/** The body is read whole: the operation asks for all of it anyway. One byte too many is enough to be refused as too large. */
async function toRequest(incoming: http.IncomingMessage): Promise<Request> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    if (size <= LARGEST_BODY) parts.push(part);
    size += part.length;
  }
  const headers = new Headers();
  for (const name of ["authorization", "content-type", "idempotency-key"]) {
    const value = incoming.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const body = Buffer.concat(parts);
  return new Request("http://intake/api/v1/events", { method: "POST", headers, body });
}

function send({ status, headers, text }: Written, response: http.ServerResponse): void {
  const body = Buffer.from(text);
  response.writeHead(status, { ...headers, "content-length": body.length });
  response.end(body);
}
