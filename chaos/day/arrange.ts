import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { closeDatabase } from "@/db/client";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { freePort } from "@/db/ports";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { childEnvironment, env } from "@/env";
import { startVirtualEngine, type VirtualEngine } from "@/server/engine/testing/virtual-engine";
import type { Size } from "../day";

/** A Thursday without a holiday, 08:00 in India. */
export const MORNING = Date.parse("2026-08-20T08:00+05:30");

type Member = Awaited<ReturnType<typeof makeMember>>;

export type Day = {
  owner: Sql;
  engine: VirtualEngine;
  admin: Member;
  lead: Member;
  agents: Member[];
  customers: { id: string; external_id: string; phone: string }[];
  /** Moves every clock on by so many minutes, once nothing is under way. */
  pass: (minutes: number) => Promise<void>;
  stop: () => Promise<void>;
};

/** A workspace with its people, on a database whose clock can be moved, with an engine of the same clock and a worker process. */
export async function arrangeDay(size: Size): Promise<Day> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-day-"));
  fs.chmodSync(dir, 0o755); // as root the server runs under another account, which must reach it
  const server = await startEmbeddedPostgres(path.join(dir, "postgres"), { flags: { max_wal_size: "4GB" } });
  const maintenance = postgres(embeddedUrl(server.port, "postgres"), { max: 1, onnotice: () => undefined });
  // Only a database of this name lets its clock be moved.
  await maintenance.unsafe("create database ringback_test_day");
  await maintenance.end();
  Object.assign(env, {
    DATABASE_URL: embeddedUrl(server.port, "ringback_test_day"),
    RINGBACK_DATA_DIR: dir,
    RINGBACK_SECRET: "a secret of the day alone",
  });
  await migrateDatabase(env.DATABASE_URL);
  const owner = postgres(env.DATABASE_URL, { max: 4, onnotice: () => undefined });
  await setClock(owner, MORNING);
  const engine = await startVirtualEngine(env.DATABASE_URL, () => []);
  const workspaceId = await makeWorkspace(owner, "A day");
  const admin = await makeMember(owner, workspaceId);
  const lead = await makeMember(owner, workspaceId, "supervisor");
  const agents: Member[] = [];
  for (let nth = 0; nth < size.agents; nth++) agents.push(await makeMember(owner, workspaceId, "agent"));
  await fillWorkspace(owner, workspaceId, size);
  const customers = await owner<
    Day["customers"]
  >`select id, external_id, phone from customers order by external_id::int`;
  const worker = await startWorkerProcess(engine.url);
  let now = MORNING;
  const engineBegan = await engine.now();
  return {
    owner,
    engine,
    admin,
    lead,
    agents,
    customers: [...customers],
    pass: async (minutes) => {
      const from = await engine.now();
      await engine.pass(minutes * 60_000, (at) => setClock(owner, MORNING + at - engineBegan));
      now += (await engine.now()) - from;
      await setClock(owner, now);
    },
    stop: async () => {
      worker.kill("SIGTERM");
      await new Promise((resolve) => worker.once("exit", resolve));
      await engine.stop();
      await closeDatabase();
      await owner.end({ timeout: 5 });
      await server.stop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function setClock(owner: Sql, ms: number): Promise<void> {
  await owner`
    insert into clock_offset ("offset") values (to_timestamp(${ms / 1000}::float8) - clock_timestamp())
    on conflict (only_row) do update set "offset" = excluded."offset"`;
}

async function fillWorkspace(owner: Sql, workspaceId: string, { customers }: Size): Promise<void> {
  await owner`
    insert into customers (id, workspace_id, external_id, name, email, phone)
    select gen_random_uuid(), ${workspaceId}, n::text, 'Customer ' || n, 'customer' || n || '@example.test',
      '+9198' || lpad(n::text, 8, '0')
    from generate_series(1, ${customers}::int) n`;
  await owner`
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select workspace_id, id, 'email', p.purpose, true from customers, (values ('service'), ('promotional')) p(purpose)`;
  await owner`vacuum analyze customers, consent_states`;
}

async function startWorkerProcess(engineUrl: string): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "server/worker/main.ts"], {
    stdio: ["ignore", "inherit", "inherit"],
    env: childEnvironment({
      DATABASE_URL: env.DATABASE_URL,
      RINGBACK_DATA_DIR: env.RINGBACK_DATA_DIR,
      RINGBACK_SECRET: env.RINGBACK_SECRET,
      INNGEST_DEV: engineUrl,
      WORKER_PORT: String(port),
      LOG_LEVEL: "warn",
    }),
  });
  const registered = async (): Promise<boolean> => {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    return answer?.ok === true && ((await answer.json()) as { registered: boolean }).registered;
  };
  while (!(await registered())) {
    if (child.exitCode !== null) throw new Error("the worker did not start");
    await pause(100);
  }
  return child;
}
