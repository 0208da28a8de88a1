import { z } from "zod";
import type { RawAnswer } from "./caller";
import { parseDuration } from "./duration";
import type { RunError } from "./endings";

/** One operation that the SDK reports. */
const opSchema = z.looseObject({
  id: z.string().min(1),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.record(z.string(), z.unknown()).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});
export type Op = z.infer<typeof opSchema>;
export const opList = z.array(opSchema);

/** An answer of the app, understood. */
export type Answer =
  | { kind: "returned"; value: unknown }
  | { kind: "ops"; ops: Op[]; retryAfterMs: number | null; noRetry: boolean; oneByOne: boolean }
  | { kind: "threw"; error: RunError; retry: boolean; retryAfterMs: number | null };

/** The error of an answer or operation in the form that the SDK reads back; extra fields (cause, code) are kept. */
export function toRunError(value: unknown, fallback: string): RunError {
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const text = (key: string): string | null =>
    typeof given[key] === "string" && given[key] ? given[key] : null;
  const message = text("message") ?? text("error") ?? (typeof value === "string" && value ? value : fallback);
  return { ...given, name: text("name") ?? "Error", message };
}

function retryAfter(header: string | undefined, nowMs: number): number | null {
  if (!header) return null;
  const seconds = /^\d+(?:\.\d+)?$/.test(header)
    ? Number(header) * 1000
    : (parseDuration(header) ?? Date.parse(header) - nowMs);
  return Number.isNaN(seconds) ? null : Math.min(Math.max(seconds, 1000), 86_400_000);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const envelope = z.object({
  status: z.number(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
});

/** Understands an answer. `nowMs` is the machine's time: the SDK made a Retry-After date with its own. */
export function understand(raw: RawAnswer, nowMs: number = Date.now()): Answer {
  if (raw.status === 201) {
    const inner = envelope.safeParse(parseJson(raw.body));
    if (inner.success) return understand({ ...inner.data, headers: inner.data.headers }, nowMs);
  }
  const header = (name: string): string | undefined => {
    const value = raw.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const retryAfterMs = retryAfter(header("retry-after"), nowMs);
  const noRetry = header("x-inngest-no-retry") === "true";
  const body = parseJson(raw.body);
  if (header("x-inngest-sdk") === undefined && raw.status < 400) {
    const message = `The address of the function answered ${raw.status}, but not as an Inngest app.`;
    return { kind: "threw", error: { name: "Error", message }, retry: true, retryAfterMs: null };
  }
  if (raw.status === 200) return { kind: "returned", value: body };
  if (raw.status === 206) {
    const ops = opList.safeParse(Array.isArray(body) ? body : [body]);
    const oneByOne = header("x-inngest-req-version") === "1";
    if (ops.success) return { kind: "ops", ops: ops.data, retryAfterMs, noRetry, oneByOne };
  }
  const error = toRunError(
    body,
    `The app answered ${raw.status}${raw.body ? `: ${raw.body.slice(0, 300)}` : ""}.`,
  );
  // 401: the keys differ. That is for an operator to mend, so it is tried again rather than given up.
  return { kind: "threw", error, retry: !noRetry, retryAfterMs };
}
