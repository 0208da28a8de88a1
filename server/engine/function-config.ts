import { z } from "zod";
import { checkExpression, ExpressionError } from "./cel";
import { cronError } from "./cron-expression";
import { parseDuration } from "./duration";

const eventTrigger = z.strictObject({ event: z.string().min(1), expression: z.string().optional() });
const cronTrigger = z.strictObject({ cron: z.string().min(1), jitter: z.string().optional() });
const concurrency = z.strictObject({
  limit: z.number().int().min(0),
  key: z.string().optional(),
  scope: z.enum(["fn", "env", "account"]).optional(),
});

/** A function as SDK 4.24 registers it. Strict: a field that is not here is refused, never ignored. */
export const functionConfig = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  triggers: z.array(z.union([eventTrigger, cronTrigger])).max(10, "has more than 10 triggers"),
  steps: z.record(
    z.string(),
    z.strictObject({
      id: z.string(),
      name: z.string(),
      runtime: z.strictObject({
        type: z.literal("http", "is registered over connect, but this engine calls functions over HTTP only"),
        url: z.url({ protocol: /^https?$/, error: "has no http address to be called at" }),
      }),
      retries: z
        .strictObject({ attempts: z.number().int().min(0).max(20, "has more than 20 retries").optional() })
        .optional(),
    }),
  ),
  idempotency: z.string().optional(),
  batchEvents: z
    .strictObject({
      maxSize: z
        .number()
        .int()
        .min(2, "batches fewer than 2 events")
        .max(1000, "batches more than 1,000 events"),
      timeout: z.string(),
      key: z.string().optional(),
      if: z.string().optional(),
    })
    .optional(),
  rateLimit: z
    .strictObject({ limit: z.number().int().positive(), period: z.string(), key: z.string().optional() })
    .optional(),
  throttle: z
    .strictObject({
      limit: z.number().int().positive(),
      period: z.string(),
      key: z.string().optional(),
      burst: z.number().int().min(0).optional(),
    })
    .optional(),
  singleton: z.strictObject({ key: z.string().optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string(), if: z.string().optional(), timeout: z.string().optional() }))
    .max(5, "has more than 5 cancellation events")
    .optional(),
  debounce: z
    .strictObject({ period: z.string(), key: z.string().optional(), timeout: z.string().optional() })
    .optional(),
  timeouts: z.strictObject({ start: z.string().optional(), finish: z.string().optional() }).optional(),
  priority: z.strictObject({ run: z.string().optional() }).optional(),
  concurrency: z.union([z.number().int().min(0), concurrency, z.array(concurrency).min(1)]).optional(),
});

export type FunctionConfig = z.infer<typeof functionConfig>;
export type ConcurrencyLimit = z.infer<typeof concurrency>;

/** The limits of a function in the order of its run keys; a limit of 0 is none. */
export function concurrencyLimits({ concurrency: given }: FunctionConfig): ConcurrencyLimit[] {
  if (given === undefined) return [];
  const list = typeof given === "number" ? [{ limit: given }] : Array.isArray(given) ? given : [given];
  return list.filter(({ limit }) => limit > 0);
}

/** Attempts for a step, first one included: 4 retries when the function says nothing. */
export function maxAttempts(config: FunctionConfig): number {
  return (Object.values(config.steps)[0]?.retries?.attempts ?? 4) + 1;
}

/** The address that runs the function. */
export function functionUrl(config: FunctionConfig): string {
  return Object.values(config.steps)[0]?.runtime.url ?? "";
}

const day = 86_400_000;
const second = 1000;

function checkPeriod(what: string, text: string | undefined, min: number, max: number): string[] {
  if (text === undefined) return [];
  const ms = parseDuration(text);
  if (ms === null) return [`has ${what} "${text}", which is not a duration such as "30s" or "1h30m"`];
  if (ms < min || ms > max) return [`has ${what} "${text}", outside ${min / second} s to ${max / second} s`];
  return [];
}

function checkKeys(expressions: (string | undefined)[]): string[] {
  return expressions.flatMap((expression) => {
    if (!expression) return [];
    try {
      checkExpression(expression);
      return [];
    } catch (error) {
      return error instanceof ExpressionError ? [`has an unsupported rule. ${error.message}`] : [];
    }
  });
}

/** What speaks against running this function here, as ends of a sentence that begins with its name. */
export function objections(config: FunctionConfig): string[] {
  const { batchEvents, rateLimit, throttle, singleton, debounce, timeouts, priority, cancel, triggers } =
    config;
  const found: string[] = [];
  if (concurrencyLimits(config).length > 2) found.push("has more than 2 concurrency limits");
  if (Object.keys(config.steps).length !== 1) found.push("has more than one entry point");
  for (const trigger of triggers) {
    if ("event" in trigger) found.push(...checkKeys([trigger.expression]));
    else found.push(...cronError(trigger.cron), ...checkPeriod("a jitter of", trigger.jitter, 0, day));
  }
  if (batchEvents && (cancel?.length || debounce || singleton || priority?.run)) {
    found.push(
      "batches events together with cancelOn, debounce, singleton or priority, which cannot be combined",
    );
  }
  found.push(
    ...checkPeriod("a batch time-out of", batchEvents?.timeout, second, day),
    ...checkPeriod("a rate limit period of", rateLimit?.period, second, day),
    ...checkPeriod("a throttle period of", throttle?.period, second, 7 * day),
    ...checkPeriod("a debounce period of", debounce?.period, second, 7 * day),
    ...checkPeriod("a debounce time-out of", debounce?.timeout, second, 7 * day),
    ...checkPeriod("a start time-out of", timeouts?.start, second, 366 * day),
    ...checkPeriod("a finish time-out of", timeouts?.finish, second, 366 * day),
    ...(cancel ?? []).flatMap(({ timeout }) =>
      timeout && Number.isNaN(Date.parse(timeout))
        ? checkPeriod("a cancelOn time-out of", timeout, 0, 366 * day)
        : [],
    ),
    ...checkKeys([config.idempotency, batchEvents?.key, batchEvents?.if, rateLimit?.key, throttle?.key]),
    ...checkKeys([singleton?.key, debounce?.key, priority?.run, ...(cancel ?? []).map((rule) => rule.if)]),
    ...checkKeys(concurrencyLimits(config).map(({ key }) => key)),
  );
  return found;
}
