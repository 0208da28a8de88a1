import { createHash } from "node:crypto";
import { z } from "zod";
import { env } from "@/env";
import { AppError, notFound } from "@/server/platform/errors";
import { type EngineRunDetail, functionsAnswer, runAnswer, runsAnswer } from "./answers";

/** An engine that answers within this time is there. */
const PATIENCE_MS = 10_000;

/** Where Inngest Cloud shows runs. */
const CLOUD_CONSOLE = "https://app.inngest.com";

/** Where an engine that is not ours shows its runs. */
export const consoleUrl = (): string => env.INNGEST_BASE_URL ?? CLOUD_CONSOLE;

const refusal = z.object({ error: z.string(), status: z.number() });

const unreachable = (cause: unknown): AppError =>
  new AppError(
    "UNAVAILABLE",
    "The workflow engine does not answer. Its runs are stored and go on when it is back.",
    {},
    { cause },
  );

/** The engine is self-hosted Inngest or Inngest Cloud, which have no such look-ups. */
const elsewhere = (): AppError =>
  new AppError("UNSUPPORTED", "Runs of this installation are looked at in Inngest's own console.");

/** Inngest's bearer token: the prefix of the signing key and the SHA-256 of its decoded bytes. */
function bearerOf(key: string): string {
  const prefix = /^signkey-\w+-/.exec(key)?.[0] ?? "";
  const bytes = Buffer.from(key.slice(prefix.length), "hex");
  return `Bearer ${prefix}${createHash("sha256").update(bytes).digest("hex")}`;
}

async function request(path: string, method: "GET" | "POST", patienceMs = PATIENCE_MS): Promise<Response> {
  if (!env.INNGEST_BASE_URL) throw elsewhere();
  const url = new URL(path, env.INNGEST_BASE_URL);
  const once = (key: string | undefined) =>
    fetch(url, {
      method,
      signal: AbortSignal.timeout(patienceMs),
      cache: "no-store",
      ...(key && { headers: { authorization: bearerOf(key) } }),
    });
  try {
    const response = await once(env.INNGEST_SIGNING_KEY);
    const { INNGEST_SIGNING_KEY_FALLBACK: fallback } = env;
    // While the key is being changed, the engine may know only the old one.
    return response.status === 401 && fallback ? await once(fallback) : response;
  } catch (error) {
    throw unreachable(error);
  }
}

/** One call of the engine's API. Its refusals are sentences for the person who asked. */
async function ask<T>(
  path: string,
  shape: z.ZodType<T>,
  method: "GET" | "POST" = "GET",
  patienceMs?: number,
): Promise<T> {
  const response = await request(path, method, patienceMs);
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const answer = shape.safeParse(body);
    if (answer.success) return answer.data;
    throw elsewhere();
  }
  const refused = refusal.safeParse(body);
  if (response.status === 401)
    throw new AppError("UNAVAILABLE", "The workflow engine refuses our key. Check INNGEST_SIGNING_KEY.");
  if (response.status >= 500) throw unreachable(`status ${response.status}`);
  if (!refused.success || refused.data.error === "There is nothing at this address.") throw elsewhere();
  if (response.status === 404) throw notFound("workflow run");
  throw new AppError(response.status === 409 ? "CONFLICT" : "BAD_INPUT", refused.data.error);
}

export type EngineFilter = {
  functions: string[];
  states: string[];
  /** Epoch milliseconds. */
  from: number | null;
  /** A value that the event's data must hold: the asker's scope. */
  within: string;
  /** Whole values in the event's data; any of them. */
  search: string[];
  after?: string | null | undefined;
  before?: string | null | undefined;
  limit: number;
};

/** The registered functions; counts are of the runs within the scope. @throws AppError UNAVAILABLE, UNSUPPORTED */
export async function readFunctions(within: string): Promise<z.infer<typeof functionsAnswer>["functions"]> {
  const params = new URLSearchParams({ within });
  return (await ask(`/engine/functions?${params}`, functionsAnswer)).functions;
}

/** Whether the engine at INNGEST_BASE_URL answers, whichever it is; null where there is no such address (Inngest Cloud). */
export async function isAnswering(patienceMs: number): Promise<boolean | null> {
  if (!env.INNGEST_BASE_URL) return null;
  return request("/health", "GET", patienceMs).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** The same over every workspace, for the operator; `patienceMs`: how long to wait. @throws AppError UNAVAILABLE, UNSUPPORTED */
export async function readAllFunctions(
  patienceMs: number,
): Promise<z.infer<typeof functionsAnswer>["functions"]> {
  return (await ask("/engine/functions", functionsAnswer, "GET", patienceMs)).functions;
}

/** One page of runs, newest first. @throws AppError UNAVAILABLE, UNSUPPORTED */
export function readRuns(filter: EngineFilter): Promise<z.infer<typeof runsAnswer>> {
  const { functions, states, search, within, limit, from, after, before } = filter;
  const single = Object.entries({ from, after, before }).flatMap(([key, value]) =>
    value ? [[key, String(value)]] : [],
  );
  const params = new URLSearchParams([
    ["within", within],
    ["limit", String(limit)],
    ...functions.map((value) => ["function", value]),
    ...states.map((value) => ["state", value]),
    ...search.map((value) => ["search", value]),
    ...single,
  ]);
  return ask(`/engine/runs?${params}`, runsAnswer);
}

/** One run of any workspace: the caller proves that it may be seen. @throws AppError NOT_FOUND, UNAVAILABLE, UNSUPPORTED */
export const readRun = (runId: string): Promise<EngineRunDetail> => ask(pathOf(runId), runAnswer);

/** @throws AppError CONFLICT with the engine's reason, NOT_FOUND, UNAVAILABLE, UNSUPPORTED */
export async function actOnRun(runId: string, act: "retry" | "cancel"): Promise<void> {
  await ask(`${pathOf(runId)}/${act}`, z.object({ ok: z.literal(true) }), "POST");
}

const pathOf = (runId: string): string => `/engine/runs/${encodeURIComponent(runId)}`;
