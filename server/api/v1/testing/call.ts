import { existsSync } from "node:fs";
import path from "node:path";

type Handler = (request: Request) => Promise<Response> | Response;

export type Called = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers that failing code may shape otherwise
  body: any;
};

type Sent = { key?: string; body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> };

const root = path.join(process.cwd(), "app/api/v1");

/** The route file of an address, as Next finds it. */
function routeOf(pathname: string): string {
  const exact = path.join(root, ...pathname.split("/").filter(Boolean), "route.ts");
  return existsSync(exact) ? exact : path.join(root, "[...path]", "route.ts");
}

/** Sends a real request to the route of an address below `/api/v1`. */
export async function call(method: string, address: string, sent: Sent = {}): Promise<Called> {
  const url = new URL(`https://ringback.test/api/v1${address}`);
  const file = routeOf(url.pathname.replace("/api/v1", ""));
  const route: Record<string, Handler | undefined> = await import(/* @vite-ignore */ file);
  const handler = route[method];
  if (!handler) return { status: 405, headers: new Headers(), body: null };
  const content = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
  const request = new Request(url, {
    method,
    headers: {
      ...(sent.key ? { authorization: `Bearer ${sent.key}` } : {}),
      ...(content === undefined ? {} : { "content-type": "application/json" }),
      ...sent.headers,
    },
    ...(content === undefined ? {} : { body: content as BodyInit }),
  });
  const response = await handler(request);
  return { status: response.status, headers: response.headers, body: await response.json() };
}
