import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Inngest, type InngestFunction, Middleware } from "inngest";
import { serve } from "inngest/node";
import type { Case, Scene, Target } from "./case";
import { createDriver, type Driver } from "./driver";
import { createLedger } from "./ledger";
import { startRawApp } from "./raw-app";

export type Result = { title: string; error: Error | null; seconds: number };

const bearerOf = (key: string): string => {
  const prefix = /^signkey-\w+-/.exec(key)?.[0] ?? "";
  return (
    prefix +
    createHash("sha256")
      .update(Buffer.from(key.slice(prefix.length), "hex"))
      .digest("hex")
  );
};

/** What functions returned, by their run, as it goes over the wire. */
type Outputs = Map<string, unknown>;

const remembering = (outputs: Outputs): Middleware.Class =>
  class extends Middleware.BaseMiddleware {
    readonly id = "conformance/remembering";
    override onRunComplete({ ctx, output }: Middleware.OnRunCompleteArgs): void {
      outputs.set(ctx.runId, JSON.parse(JSON.stringify(output ?? null)));
    }
  };

/** A client of the engine under test; signed when the target has a signing key. */
export function clientFor(
  target: Target,
  id: string,
  checkpointing = true,
  outputs: Outputs = new Map(),
): Inngest.Any {
  const { url, signingKey, eventKey } = target;
  const middleware = target.kind === "inngest" ? [remembering(outputs)] : [];
  const base = { id, baseUrl: url, isDev: !signingKey, checkpointing, logger: silent, middleware };
  return new Inngest({ ...base, ...(signingKey && { signingKey }), ...(eventKey && { eventKey }) });
}

const nothing = (): void => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Serves functions over loopback HTTP and registers them. */
export async function serveApp(client: Inngest.Any, functions: InngestFunction.Any[]) {
  const handler = serve({ client, functions, servePath: "/api/inngest" });
  const server = http.createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inngest`;
  const sync = async (): Promise<{ status: number; message: string }> => {
    const response = await fetch(url, { method: "PUT" });
    const body = (await response.json()) as { message?: string };
    return { status: response.status, message: body.message ?? "" };
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url, sync, close };
}

/** Requests to the engine that carry the bearer token of `key`. */
function apiWith({ url }: Target, key: string | undefined): Driver["api"] {
  const bearer: Record<string, string> = key ? { authorization: `Bearer ${bearerOf(key)}` } : {};
  return (path, init = {}) =>
    fetch(new URL(path, url), {
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...bearer },
    });
}

/** The cases that can be held against a target. */
export const applicable = (cases: Case[], target: Target): Case[] =>
  cases.filter(({ only, needs }) => (!only || only === target.kind) && (!needs || target[needs]));

/**
 * Runs cases against an engine, `width` at a time: serves all their functions as one app, registers it once and lets
 * each case assert on its own ledger. `checkpointing` false makes the SDK use one request for each step.
 */
export async function runSuite(
  target: Target,
  cases: Case[],
  { width = 16, checkpointing = true, report = nothing as (result: Result) => void } = {},
): Promise<Result[]> {
  const outputs: Outputs = new Map();
  const client = clientFor(target, "conformance", checkpointing, outputs);
  const driver = createDriver(client, apiWith(target, target.signingKey), target.eventKey, outputs);
  const tag = randomBytes(6).toString("hex");
  const closing: (() => Promise<void>)[] = [];
  const rawApp: Scene["rawApp"] = async (label, answer, key = target.signingKey) => {
    const name = `raw-${label}-${tag}`;
    const raw = await startRawApp({ name, signingKey: key, answer, api: apiWith(target, key) });
    closing.push(raw.close);
    return { ...raw, name };
  };
  const scenes = applicable(cases, target).map((item) => {
    const scene: Scene = {
      ...driver,
      client,
      ledger: createLedger(),
      tag,
      kind: target.kind,
      target,
      rawApp,
    };
    return { item, scene, functions: item.functions?.(scene) ?? [] };
  });
  const app = await serveApp(
    client,
    scenes.flatMap(({ functions }) => functions),
  );
  const results: Result[] = [];
  try {
    const synced = await app.sync();
    if (synced.status !== 200) throw new Error(`The engine refused the suite's functions: ${synced.message}`);
    const queue = [...scenes];
    const worker = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { item, scene } = next;
        const began = performance.now();
        const error = await item.verify(scene).then(
          () => null,
          (reason: unknown) => (reason instanceof Error ? reason : new Error(String(reason))),
        );
        const result = { title: item.title, error, seconds: (performance.now() - began) / 1000 };
        results.push(result);
        report(result);
      }
    };
    await Promise.all(Array.from({ length: width }, worker));
  } finally {
    await Promise.all([app, ...closing.map((close) => ({ close }))].map(({ close }) => close()));
  }
  return results;
}
