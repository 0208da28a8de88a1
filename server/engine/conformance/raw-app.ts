import { createHmac } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A call of the engine as it came over the wire. */
export type RawCall = {
  text: string;
  /** Path and query. */
  url: string;
  headers: http.IncomingHttpHeaders;
  body: {
    ctx: { run_id: string; attempt: number; qi_id: string; generation_id: number } & Record<string, unknown>;
    event: { name: string; data: Record<string, unknown> };
    steps: Record<string, unknown>;
  } & Record<string, unknown>;
};

/** An answer by hand: `body` as JSON, or `text` as it is; `signed: false` leaves the signature out. "broken" closes the connection in the middle. */
export type RawReply =
  | { status: number; headers?: Record<string, string>; body: unknown; text?: string; signed?: boolean }
  | "broken";

export type RawFunction = { id: string } & Record<string, unknown>;

/** An app that speaks the protocol by hand, for what the SDK never does. */
export type RawApp = {
  /** Lists `functions` with the engine under the app's name; an id becomes `<name>-<id>`. */
  register(functions: RawFunction[]): Promise<Response>;
  /** The same app at another address, under the same name. */
  move(): Promise<void>;
  close(): Promise<void>;
};

const sdk = {
  "content-type": "application/json",
  "x-inngest-sdk": "js:v4.24.0",
  "x-inngest-req-version": "2",
};

/** The function returned. */
export const returned = (value: unknown): RawReply => ({ status: 200, headers: sdk, body: value });
/** The function reports operations. */
export const reported = (...ops: Record<string, unknown>[]): RawReply => ({
  status: 206,
  headers: sdk,
  body: ops,
});
/** The function threw. */
export const threw = (
  message: string,
  headers: Record<string, string> = {},
  status: 400 | 500 = 500,
): RawReply => ({ status, headers: { ...sdk, ...headers }, body: { name: "Error", message } });

/** `t=…&s=…` as engine and SDK sign: HMAC of the body and the second, with the key's part behind its prefix. */
export function signature(
  text: string,
  key: string,
  seconds = String(Math.floor(Date.now() / 1000)),
): string {
  const secret = key.replace(/^signkey-\w+-/, "");
  return `t=${seconds}&s=${createHmac("sha256", secret).update(text).update(seconds).digest("hex")}`;
}

type Setup = {
  name: string;
  signingKey?: string | undefined;
  api: (path: string, init?: RequestInit) => Promise<Response>;
  answer: (call: RawCall) => RawReply | Promise<RawReply>;
};

/** Starts such an app on a free port. Answers are signed when there is a key. */
export async function startRawApp({ name, signingKey, api, answer }: Setup): Promise<RawApp> {
  const reply = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const text = Buffer.concat(parts).toString();
    const given = await answer({
      text,
      url: request.url ?? "",
      headers: request.headers,
      body: JSON.parse(text),
    });
    if (given === "broken") return void response.destroy();
    const body = given.text ?? JSON.stringify(given.body ?? null);
    const signed = signingKey && given.signed !== false;
    response
      .writeHead(given.status, {
        ...given.headers,
        ...(signed && { "x-inngest-signature": signature(body, signingKey) }),
      })
      .end(body);
  };
  const listen = async (): Promise<http.Server> => {
    const server = http.createServer((request, response) => {
      reply(request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
  };
  const shut = (server: http.Server): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  let server = await listen();
  return {
    register(functions) {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
      const configs = functions.map(({ id, retries, ...rest }) => ({
        id: `${name}-${id}`,
        name: id,
        triggers: [],
        steps: {
          step: {
            id: "step",
            name: "step",
            runtime: { type: "http", url: `${url}?fnId=${name}-${id}&stepId=step` },
            ...(retries === undefined ? {} : { retries: { attempts: retries } }),
          },
        },
        ...rest,
      }));
      const app = { url, deployType: "ping", framework: "raw", appName: name, sdk: "js:v4.24.0", v: "0.1" };
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ ...app, functions: configs });
      return api("/fn/register", { method: "POST", headers, body });
    },
    async move() {
      const old = server;
      server = await listen();
      await shut(old);
    },
    close: () => shut(server),
  };
}
