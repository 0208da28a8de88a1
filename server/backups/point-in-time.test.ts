import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, test, vi } from "vitest";
import { closeDatabase } from "@/db/client";
import { embeddedUrl, giveToServer, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { makeCustomers, makeMember, makeWorkspace } from "@/db/testing/factories";
import { childEnvironment, env } from "@/env";
import { runFigures } from "@/server/deliveries/figures";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { grantConsent, makeLaunchedCampaign, recount } from "@/server/deliveries/testing/campaign";
import { drain } from "@/server/deliveries/testing/drain";
import { createBackup } from "./create";

// Servers start and thousands of small files are copied: a slow disk takes its time.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const root = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-pitr-"));
fs.chmodSync(root, 0o755); // the server's own account must reach it
const at = (name: string): string => path.join(root, name);
const restored = at("restored");
fs.mkdirSync(at("archive"));
fs.chmodSync(at("archive"), 0o777);
env.RINGBACK_DATA_DIR = root;
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  fs.rmSync(root, { recursive: true, force: true });
});

const archiving = {
  archive_mode: "on",
  archive_command: `test ! -f ${at("archive")}/%f && cp %p ${at("archive")}/%f`,
};

async function connect(port: number, name: string): Promise<postgres.Sql> {
  const sql = postgres(embeddedUrl(port, name), { max: 2, onnotice: () => {} });
  stops.push(() => sql.end({ timeout: 5 }));
  return sql;
}

test("a database that is brought back to a moment of the past holds all until then, nothing of later, and sends nothing", async () => {
  const first = await startEmbeddedPostgres(at("postgres"), { flags: archiving });
  stops.push(first.stop);
  await (await connect(first.port, "postgres")).unsafe("create database ringback");
  env.DATABASE_URL = embeddedUrl(first.port, "ringback");
  await migrateDatabase(env.DATABASE_URL);
  const before = await connect(first.port, "ringback");
  const ctx = await makeMember(before, await makeWorkspace(before, "Before"));
  await makeCustomers(
    before,
    ctx.workspaceId,
    Array.from({ length: 60 }, () => ({})),
  );
  await grantConsent(before, ctx.workspaceId);
  await createBackup({ dataDir: root, url: env.DATABASE_URL, to: at("base"), withSecrets: false });

  const sent = await makeLaunchedCampaign(before, ctx.workspaceId);
  await freezeRun(ctx, sent);
  await drain();
  const open = await makeLaunchedCampaign(before, ctx.workspaceId);
  await freezeRun(ctx, open);
  const wanted = await recount(before, sent.runNumber);
  expect(wanted.delivered).toBe(60);
  const [moment] = await before<{ at: string }[]>`select clock_timestamp()::text as at`;
  await drain();
  await before`update workspaces set name = 'After'`;
  const [switched] = await before<{ wal: string }[]>`select pg_walfile_name(pg_switch_wal()) as wal`;
  await vi.waitFor(
    async () => {
      const [row] = await before<{ done: boolean }[]>`
        select last_archived_wal >= ${switched?.wal ?? ""} as done from pg_stat_archiver`;
      expect(row?.done).toBe(true);
    },
    { timeout: 60_000 },
  );
  await closeDatabase();

  // What docs/operations.md says: the base back-up, a signal, where the archive is and until when.
  fs.cpSync(path.join(at("base"), "postgres"), restored, { recursive: true });
  for (const name of fs.readdirSync(at("postgres"), { withFileTypes: true }))
    if (name.isDirectory()) fs.mkdirSync(path.join(restored, name.name), { recursive: true });
  fs.writeFileSync(path.join(restored, "recovery.signal"), "");
  giveToServer(restored);
  const second = await startEmbeddedPostgres(restored, {
    flags: {
      restore_command: `cp ${at("archive")}/%f %p`,
      recovery_target_time: moment?.at ?? "",
      recovery_target_action: "promote",
    },
  });
  stops.push(second.stop);
  env.DATABASE_URL = embeddedUrl(second.port, "ringback");
  const command = spawnSync(
    process.execPath,
    ["--import", "tsx", "server/cli/main.ts", "backup", "recovered"],
    {
      env: childEnvironment({
        DATABASE_URL: env.DATABASE_URL,
        RINGBACK_DATA_DIR: root,
        RINGBACK_SECRET: "x",
      }),
      encoding: "utf8",
    },
  );
  expect(command.stdout).toContain("Sending is stopped in every workspace");
  expect(command.stdout).toContain("Being sent at that time: Renewal drive");

  const after = await connect(second.port, "ringback");
  expect(await after`select name from workspaces`).toMatchObject([{ name: "Before" }]);
  expect(await recount(after, sent.runNumber)).toEqual(wanted);
  expect(await recount(after, open.runNumber)).toEqual({ targeted: 60, pending: 60 });
  expect(await runFigures(ctx, open)).toMatchObject({ targeted: 60, pending: 60 });
  // Nothing goes before a person lets it; what went on in the time that is lost would go again.
  await drain();
  expect(await recount(after, open.runNumber)).toEqual({ targeted: 60, pending: 60 });
  await after`update workspaces set sending_stopped_at = null`;
  await drain();
  expect(await recount(after, open.runNumber)).toEqual({ targeted: 60, delivered: 60 });
  await closeDatabase();
});
