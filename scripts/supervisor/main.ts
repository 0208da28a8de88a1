import fs from "node:fs";
import path from "node:path";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { seedScenario } from "@/db/seed/main";
import { env } from "@/env";
import { listDemoSignIns } from "@/server/auth/demo";
import { demoPassword } from "@/server/auth/schemas";
import { bold, clearLine, count, printDone, red, step } from "@/server/cli/progress";
import { loadSecrets } from "@/server/platform/installation";
import { buildNeeded, buildWeb } from "./build";
import { Child } from "./child";
import { sendFirstCampaign } from "./first-campaign";
import { Log } from "./log";
import { isEmptyDatabase, Postgres } from "./postgres";
import { chooseSettings, environmentFor, type Settings } from "./settings";

const installMs = (globalThis as { installMs?: number }).installMs ?? 0;
const startedAt = performance.now();
const stops: (() => Promise<void>)[] = [];
let stopping: Promise<void> | null = null;

/** Stops everything in the reverse order of its start. Safe to call twice. */
function stopAll(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const stop of stops.reverse()) await stop().catch((error) => console.error(red(String(error))));
    process.exit(code);
  })();
  return stopping;
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => {
    if (!stopping) process.stdout.write("\n  Stopping …\n");
    void stopAll(0);
  });

async function run(): Promise<void> {
  const development = process.argv.includes("--dev");
  if (installMs > 0) printDone("Packages installed", installMs);
  const settings = await chooseSettings(development, process.argv.includes("--beside"));
  stops.push(async () => settings.seat.leave());
  const log = new Log(settings.dataDir);
  stops.push(() => log.close());
  const secrets = loadSecrets(settings.dataDir);

  const postgres = new Postgres(settings.dataDir, log);
  stops.push(() => postgres.stop({ leave: settings.seat.other() !== null }));
  await step(
    "Database",
    () => prepareDatabase(postgres),
    () => (postgres.embedded ? "embedded Postgres, up to date" : "DATABASE_URL, up to date"),
  );
  const environment = environmentFor(settings, secrets, postgres.url);
  Object.assign(env, {
    DATABASE_URL: postgres.url,
    RINGBACK_SECRET: environment.RINGBACK_SECRET,
    RINGBACK_DATA_DIR: settings.dataDir,
    RINGBACK_URL: settings.url,
  });

  if (!development && buildNeeded() && settings.seat.other()?.directory === process.cwd())
    throw new Error(
      "The one that runs serves pages from this directory, and the sources have changed: building would take them away from it. Start the new version from a checkout of its own.",
    );
  const build =
    !development && buildNeeded() ? step("Web application built", () => buildWeb(environment, log)) : null;
  const [, demo] = await Promise.all([build, seedDemo(postgres.url)]);
  await startProcesses(settings, environment, log);
  stops.push(closeDatabase);
  await announce(settings);
  if (demo) await sendFirstCampaign(demo);
}

async function prepareDatabase(postgres: Postgres): Promise<void> {
  await postgres.start();
  await migrateDatabase(postgres.url);
}

/** Fills an empty database with the demo workspace, unless `--no-demo` was given; resolves with its id. */
async function seedDemo(url: string): Promise<string | null> {
  if (process.argv.includes("--no-demo") || !(await isEmptyDatabase(url))) return null;
  const { workspaceId } = await step(
    "Demo workspace",
    () => seedScenario("insurance", { url }),
    ({ rows }) => `${count(rows.customers ?? 0)} customers, ${count(rows.policies ?? 0)} policies`,
  );
  return workspaceId;
}

async function startProcesses(settings: Settings, environment: NodeJS.ProcessEnv, log: Log): Promise<void> {
  const entry = (file: string) => ["--import", "tsx", file];
  const next = [
    "node_modules/next/dist/bin/next",
    settings.development ? "dev" : "start",
    "-p",
    String(settings.port),
    "-H",
    env.HOST,
  ];
  // `--intake=8290`: takes `POST /api/v1/events` there as well, without Next around it.
  const intakePort = process.argv.find((word) => word.startsWith("--intake="))?.split("=")[1];
  const specs = [
    ...(settings.externalEngine
      ? []
      : [
          {
            name: "engine",
            args: entry("server/engine/main.ts"),
            healthUrl: `http://127.0.0.1:${settings.enginePort}/health`,
          },
        ]),
    {
      name: "worker",
      args: entry("server/worker/main.ts"),
      healthUrl: `http://127.0.0.1:${settings.workerPort}/health`,
    },
    ...(intakePort
      ? [
          {
            name: "intake",
            args: [...entry("server/api/intake/main.ts"), intakePort],
            healthUrl: `http://127.0.0.1:${intakePort}/health`,
          },
        ]
      : []),
    { name: "web", args: next, healthUrl: `http://127.0.0.1:${settings.port}/healthz` },
  ];
  // For whoever must find a process: an operator, a test that kills them.
  const pids: Record<string, number | undefined> = {};
  const onLaunch = (name: string, pid: number | undefined) => {
    pids[name] = pid;
    fs.writeFileSync(path.join(settings.dataDir, "processes.json"), JSON.stringify(pids));
  };
  for (const spec of specs) {
    const child = new Child({ ...spec, env: environment, onLaunch }, log);
    stops.push(() => child.stop());
    await step(`${spec.name.charAt(0).toUpperCase()}${spec.name.slice(1)} started`, () => child.start());
  }
}

/** The address, and who can sign in to the demo. */
async function announce(settings: Settings): Promise<void> {
  const total = (installMs + performance.now() - startedAt) / 1000;
  const people = await listDemoSignIns();
  process.stdout.write(`\n  Ready in ${total.toFixed(1)} s: ${bold(`${settings.url}/sign-in`)}\n`);
  const other = settings.seat.other();
  if (other)
    process.stdout.write(`\n  Stop the one before it now: ${bold(`kill ${other.pid}`)} (${other.url})\n`);
  if (people.length === 0) return;
  process.stdout.write(`\n  Demo sign-ins, password ${bold(demoPassword)}:\n`);
  for (const { email, roleLabel } of people) process.stdout.write(`    ${email.padEnd(38)}${roleLabel}\n`);
}

run().catch(async (error: Error) => {
  clearLine();
  console.error(`\n  ${red("Ringback did not start.")} ${error.message}\n`);
  await stopAll(1);
});
