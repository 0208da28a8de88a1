import http from "node:http";
import type { AddressInfo } from "node:net";
import { sendEvents } from "@/server/api/v1/events";
import { LARGEST_BODY } from "@/server/api/v1/read-request";
import { serve } from "@/server/api/v1/serve";
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

async function answer(request: http.IncomingMessage, draining: boolean): Promise<Response> {
  const { pathname } = new URL(request.url ?? "/", "http://intake");
  if (pathname === "/health")
    return new Response(draining ? "stopping" : "ok", { status: draining ? 503 : 200 });
  if (pathname === "/metrics" && fromHere(request))
    return new Response(renderMetrics([]), { headers: { "content-type": METRICS_TYPE } });
  if (pathname !== "/api/v1/events" || request.method !== "POST")
    return serve([], new Request(`http://intake${pathname}`));
  return serve(taken, await toRequest(request));
}

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

async function send(answered: Response, response: http.ServerResponse): Promise<void> {
  const body = Buffer.from(await answered.arrayBuffer());
  response.writeHead(answered.status, {
    ...Object.fromEntries(answered.headers),
    "content-length": body.length,
  });
  response.end(body);
}
