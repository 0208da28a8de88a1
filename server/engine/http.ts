import http from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Core, signingKeys } from "./core";
import { isBearer } from "./signing";

/** A request that a route handles; `params` are the `:names` of its pattern. */
export type Incoming = {
  method: string;
  url: URL;
  params: Record<string, string>;
  headers: http.IncomingHttpHeaders;
  json(): unknown;
};

export type Reply = { status?: number; body: unknown };
type Handler = (core: Core, request: Incoming) => Promise<Reply> | Reply;
/** Who may call: anyone, a holder of the signing key, or a sender with the event key (checked by its handler). */
export type Route = {
  method: string;
  pattern: string;
  access: "open" | "signed" | "event key";
  handle: Handler;
};

/** An answer other than 200 with a sentence. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** A connection that was busy at the close may stay open for its keep-alive: it is cut after this. */
const closeGraceMs = 1000;
const maxBody = 64 * 1024 * 1024;

async function readBody(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBody) throw new HttpError(413, "The request is larger than 64 MiB.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return params;
}

function find(
  routes: Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } {
  let exists = false;
  for (const route of routes) {
    const params = match(route.pattern, path);
    if (!params) continue;
    if (route.method === method) return { route, params };
    exists = true;
  }
  throw new HttpError(
    exists ? 405 : 404,
    exists ? "This method is not served here." : "There is nothing at this address.",
  );
}

async function answer(core: Core, routes: Route[], request: http.IncomingMessage): Promise<Reply> {
  const url = new URL(request.url ?? "/", "http://engine");
  const method = request.method ?? "GET";
  const { route, params } = find(routes, method, url.pathname);
  const keys = signingKeys(core.config);
  if (route.access === "signed" && keys.length > 0 && !isBearer(request.headers.authorization, keys)) {
    throw new HttpError(401, "The signing key is missing or wrong.");
  }
  const text = await readBody(request);
  const json = (): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new HttpError(400, "The body is not valid JSON.");
    }
  };
  return route.handle(core, { method, url, params, headers: request.headers, json });
}

function failure(core: Core, error: unknown): { status: number; body: unknown } {
  if (error instanceof HttpError)
    return { status: error.status, body: { error: error.message, status: error.status } };
  if (error instanceof z.ZodError) {
    return { status: 400, body: { error: z.prettifyError(error).replaceAll("\n", " "), status: 400 } };
  }
  core.log.error({ err: error }, "request failed");
  return { status: 500, body: { error: "The engine could not do this; its log says why.", status: 500 } };
}

/** Serves routes as JSON. Returns the port in use and a close that waits for open requests. */
export async function serveHttp(
  core: Core,
  routes: Route[],
): Promise<{ port: number; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    answer(core, routes, request)
      .catch((error: unknown) => failure(core, error))
      .then(({ status = 200, body }) => {
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const length = Buffer.byteLength(text);
        response
          .writeHead(status, { "content-type": "application/json", "content-length": length })
          .end(text);
      })
      .catch((error: unknown) => {
        core.log.error({ err: error }, "answer not sent");
        response.destroy();
      });
  });
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(core.config.port, core.config.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), closeGraceMs).unref();
      }),
  };
}
