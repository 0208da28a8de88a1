import { existsSync } from "node:fs";
import path from "node:path";

type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string>> },
) => Promise<Response> | Response;

export type Called = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers that failing code may shape otherwise
  body: any;
};

type Sent = { key?: string; body?: unknown; raw?: string | Uint8Array; headers?: Record<string, string> };

const root = path.join(process.cwd(), "app/api/v1");

/** The route file of an address, as Next finds it, with the id that stands in it. */
function routeOf(pathname: string): { file: string; params: Record<string, string> } {
  const parts = pathname.split("/").filter(Boolean);
  const exact = path.join(root, ...parts, "route.ts");
  if (existsSync(exact)) return { file: exact, params: {} };
  const [noun = "", id = ""] = parts;
  const byId = path.join(root, noun, "[id]", "route.ts");
  if (parts.length === 2 && existsSync(byId)) return { file: byId, params: { id } };
  return { file: path.join(root, "[...path]", "route.ts"), params: {} };
}

/** Sends a real request to the route of an address below `/api/v1`. A method that the route does not have is a 405. */
export async function call(method: string, address: string, sent: Sent = {}): Promise<Called> {
  const url = new URL(`https://ringback.test/api/v1${address}`);
  const { file, params } = routeOf(url.pathname.replace("/api/v1", ""));
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
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
