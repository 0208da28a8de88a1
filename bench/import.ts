import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import {
  checkImport,
  configureImport,
  getImport,
  runImport,
  uploadImport,
  workOnImport,
} from "@/server/imports";
import { type Context, systemContext } from "@/server/platform/context";
import { newId } from "@/server/platform/ids";

const MEGABYTE = 1024 * 1024;

/** A list of people of about `bytes` bytes, made while it is read. */
async function* makeFile(bytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from("Customer ID,Full name,Mobile,E-mail,City,Tier,Occupation,Note\r\n");
  const note = "called twice, asked for a quote by post; ".repeat(2);
  for (let at = 0, made = 0; made < bytes; ) {
    let text = "";
    for (let line = 0; line < 500; line++, at++)
      text += `C${at},Person ${at},0${9_000_000_000 + at},person${at}@example.com,Pune,gold,teacher,"${note}${at}"\r\n`;
    made += text.length;
    yield Buffer.from(text);
  }
}

type Figures = Record<string, number>;

/** Imports a file of `megabytes` and measures each phase, with the highest resident memory seen. */
async function importFile(ctx: Context, megabytes: number): Promise<Figures> {
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 50);
  const lap = lapTimer();
  const { importId } = await uploadImport(ctx, {
    fileName: "people.csv",
    content: makeFile(megabytes * MEGABYTE),
  });
  const uploadSeconds = lap();
  const { mapping, options } = await getImport(ctx, { importId });
  await configureImport(ctx, { importId, mapping, options });
  await checkImport(ctx, { importId });
  while (!(await workOnImport(ctx, { importId, mode: "check" })).done);
  const checkSeconds = lap();
  await runImport(ctx, { importId });
  while (!(await workOnImport(ctx, { importId, mode: "run" })).done);
  const runSeconds = lap();
  clearInterval(watch);
  const row = await getImport(ctx, { importId });
  return {
    megabytes,
    rows: row.rowsRead,
    created: row.rowsCreated,
    uploadSeconds,
    checkSeconds,
    runSeconds,
    rowsPerSecond: Math.round(row.rowsRead / runSeconds),
    peakMegabytes: Math.round(peak / MEGABYTE),
  };
}

function lapTimer(): () => number {
  let since = performance.now();
  return () => {
    const now = performance.now();
    const seconds = Math.round((now - since) / 10) / 100;
    since = now;
    return seconds;
  };
}

/** A 10 MB and a 100 MB file, one after the other in one process: memory must not follow the file's size. */
export async function bench(): Promise<Figures> {
  const dir = mkdtempSync(path.join(os.tmpdir(), "ringback-bench-"));
  const server = await startEmbeddedPostgres(path.join(dir, "postgres"));
  try {
    const url = embeddedUrl(server.port, "postgres");
    await migrateDatabase(url);
    Object.assign(env, { DATABASE_URL: url, RINGBACK_DATA_DIR: dir, RINGBACK_SECRET: "bench" });
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    const contexts: Context[] = [];
    for (const name of ["Small", "Large"]) {
      const workspaceId = newId();
      await owner`insert into workspaces (id, name, slug) values (${workspaceId}, ${name}, ${workspaceId})`;
      contexts.push(systemContext(workspaceId));
    }
    const [small, large] = contexts;
    if (!small || !large) throw new Error("no workspace");
    const first = await importFile(small, 10);
    const second = await importFile(large, 100);
    const [counted] = await owner<{ n: number }[]>`
      select count(*)::int as n from customers where workspace_id = ${large.workspaceId}`;
    await owner.end({ timeout: 5 });
    return { ...second, recounted: counted?.n ?? 0, peakMegabytesOf10: first.peakMegabytes ?? 0 };
  } finally {
    await closeDatabase();
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
