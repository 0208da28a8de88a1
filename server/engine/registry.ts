import { createHash } from "node:crypto";
import { z } from "zod";
import { canonical } from "./canonical";
import { type Core, type Sql, type Tx, transaction } from "./core";
import { nextSlot } from "./cron-expression";
import { parseDuration } from "./duration";
import {
  concurrencyLimits,
  type FunctionConfig,
  functionConfig,
  functionUrl,
  maxAttempts,
  objections,
} from "./function-config";

/** A registered function, ready to be triggered. */
export type EngineFunction = { id: string; url: string; config: FunctionConfig; maxAttempts: number };

const registration = z.looseObject({
  url: z.url(),
  appName: z.string().min(1),
  framework: z.string().optional(),
  sdk: z.string().optional(),
  functions: z.array(z.unknown()),
});

export type Registration = { status: number; modified: boolean; error?: string };

const nameOf = (raw: unknown): string =>
  typeof raw === "object" && raw !== null && "id" in raw ? String(raw.id) : "without an id";

function readFunction(raw: unknown): FunctionConfig | string[] {
  const parsed = functionConfig.safeParse(raw);
  const reasons = parsed.success
    ? objections(parsed.data)
    : parsed.error.issues.map((issue) => {
        if (issue.code === "unrecognized_keys")
          return `uses ${issue.keys.join(", ")}, which this engine does not support`;
        const where = issue.path.filter((part) => typeof part === "string").join(".");
        return /^(has|is|batches) /.test(issue.message)
          ? issue.message
          : `has an invalid ${where}: ${issue.message}`;
      });
  if (!parsed.success || reasons.length > 0) {
    return reasons.map((reason) => `Function "${nameOf(raw)}" ${reason}${/[.]$/.test(reason) ? "" : "."}`);
  }
  return parsed.data;
}

/**
 * Registers all functions of one app, or none: an unsupported function refuses the whole registration with a sentence
 * for each reason (status 400). Functions that the app no longer lists are archived: they start nothing more.
 */
export async function register(core: Core, body: unknown): Promise<Registration> {
  const parsed = registration.safeParse(body);
  if (!parsed.success)
    return { status: 400, modified: false, error: "The registration has no url, appName and functions." };
  const { appName, url, functions: raw, framework = null, sdk = null } = parsed.data;
  const read = raw.map(readFunction);
  const refused = read.flatMap((item) => (Array.isArray(item) ? item : []));
  if (refused.length > 0) return { status: 400, modified: false, error: refused.join(" ") };
  const configs = read.flatMap((item) => (Array.isArray(item) ? [] : [item]));
  const checksum = createHash("sha256").update(canonical({ url, configs })).digest("hex");
  const modified = await transaction(core.sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(7288, 1)`;
    const [known] = await tx`select 1 from engine.app where id = ${appName} and checksum = ${checksum}`;
    if (known) return false;
    await tx`
      insert into engine.app (id, url, framework, sdk, checksum, registered_at)
      values (${appName}, ${url}, ${framework}, ${sdk}, ${checksum}, engine.now_ms())
      on conflict (id) do update set url = excluded.url, framework = excluded.framework, sdk = excluded.sdk,
        checksum = excluded.checksum, registered_at = excluded.registered_at`;
    for (const config of configs) await store(tx, appName, config);
    const ids = configs.map(({ id }) => id);
    await tx`update engine.function set archived_at = engine.now_ms()
      where app_id = ${appName} and archived_at is null and id <> all(${ids})`;
    await tx`delete from engine.cron c using engine.function f
      where f.id = c.function_id and f.app_id = ${appName} and f.id <> all(${ids})`;
    await tx`update engine.registry set version = version + 1`;
    // A changed limit may let parked jobs go: they are looked at again with the new one.
    await tx`update engine.job set state = 'ready', blocked_by = null where state = 'parked' and function_id = any(${ids})`;
    return true;
  });
  if (modified) {
    core.log.info({ app: appName, functions: configs.length, url }, "functions registered");
    core.wake();
  }
  return { status: 200, modified };
}

async function store(tx: Tx, appId: string, config: FunctionConfig): Promise<void> {
  const { throttle, timeouts } = config;
  const period = throttle ? (parseDuration(throttle.period) ?? 0) : 0;
  const row = {
    id: config.id,
    app_id: appId,
    name: config.name ?? config.id,
    url: functionUrl(config),
    config: JSON.stringify(config),
    limits: concurrencyLimits(config).map(({ limit }) => limit),
    throttle_every: throttle ? period / throttle.limit : null,
    throttle_tolerance: throttle ? period * Math.max(1, throttle.burst ?? 1) : null,
    finish_ms: timeouts?.finish ? parseDuration(timeouts.finish) : null,
    archived_at: null,
  };
  const [{ now } = { now: 0 }] = await tx<{ now: number }[]>`select engine.now_ms() as now`;
  const stored = { ...row, registered_at: now };
  await tx`insert into engine.function ${tx(stored)} on conflict (id) do update set ${tx(stored)}`;
  const crons = config.triggers.flatMap((trigger) => ("cron" in trigger ? [trigger] : []));
  await tx`delete from engine.cron where function_id = ${config.id} and expression <> all(${crons.map(({ cron }) => cron)})`;
  for (const { cron, jitter } of crons) {
    await tx`
      insert into engine.cron (function_id, expression, jitter_ms, next_at)
      values (${config.id}, ${cron}, ${jitter ? (parseDuration(jitter) ?? 0) : 0}, ${nextSlot(cron, now) ?? Number.MAX_SAFE_INTEGER})
      on conflict (function_id, expression) do update set jitter_ms = excluded.jitter_ms`;
  }
}

const cache = new WeakMap<Core, { version: number; functions: EngineFunction[] }>();

/** The functions in force, with the engine's time; read again only after a registration changed something. */
export async function currentFunctions(
  core: Core,
  tx: Sql | Tx,
): Promise<{ now: number; functions: EngineFunction[] }> {
  const [row] = await tx<{ now: number; version: number }[]>`
    select engine.now_ms() as now, version from engine.registry`;
  const { now, version } = row ?? { now: 0, version: 0 };
  const cached = cache.get(core);
  if (cached?.version === version) return { now, functions: cached.functions };
  const rows = await tx<{ id: string; url: string; config: string }[]>`
    select id, url, config from engine.function where archived_at is null order by id`;
  const functions = rows.map(({ id, url, config }) => {
    const read = functionConfig.parse(JSON.parse(config));
    return { id, url, config: read, maxAttempts: maxAttempts(read) };
  });
  cache.set(core, { version, functions });
  return { now, functions };
}
