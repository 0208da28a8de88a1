import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import postgres, { type Sql } from "postgres";
import { closeDatabase } from "@/db/client";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { type Context, systemContext } from "@/server/platform/context";
import { fillWorkspace } from "./segments-data";

export const WORKSPACE = "01900000-0000-7000-8000-000000000001";
const flag = (name: string): string | undefined =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.split("=")[1];
const rounded = (value: number): number => Math.round(value * 100) / 100;

export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

type Figures = Record<string, number>;

/**
 * Runs a measurement in a workspace of a million customers (`--customers=N`), three policies and ten events each, on a
 * Postgres of its own. `--dir=PATH` keeps the data there and uses it again. Adds how much there was to the figures.
 */
export async function inLargeWorkspace(
  measure: (owner: Sql, ctx: Context) => Promise<Figures>,
): Promise<Figures> {
  const customers = Number(flag("customers") ?? 1_000_000);
  const kept = flag("dir");
  const dir = kept ?? mkdtempSync(path.join(os.tmpdir(), "ringback-bench-"));
  const ready = existsSync(path.join(dir, "postgres", "PG_VERSION"));
  const server = await startEmbeddedPostgres(path.join(dir, "postgres"), { flags: { max_wal_size: "8GB" } });
  try {
    const url = embeddedUrl(server.port, "postgres");
    await migrateDatabase(url);
    Object.assign(env, { DATABASE_URL: url, RINGBACK_DATA_DIR: dir, RINGBACK_SECRET: "bench" });
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    const fillMs = ready
      ? 0
      : await timed(async () => {
          await owner`insert into workspaces (id, name, slug) values (${WORKSPACE}, 'Bench', 'bench')`;
          await fillWorkspace(owner, WORKSPACE, { customers });
        });
    const ctx = systemContext(WORKSPACE);
    await owner`insert into attribute_definitions (id, workspace_id, key, label, type)
      values (gen_random_uuid(), ${WORKSPACE}, 'occupation', 'Occupation', 'text') on conflict do nothing`;
    const [rows] = await withTransaction(ctx, (tx) =>
      tx.execute<{ customers: number; policies: number; events: number }>(sql`
        select (select count(*) from customers)::int as customers, (select count(*) from policies)::int as policies,
          (select count(*) from customer_events)::int as events`),
    );
    const figures = await measure(owner, ctx);
    await owner.end({ timeout: 5 });
    return { ...figures, ...rows, fillSeconds: rounded(fillMs / 1000) };
  } finally {
    await closeDatabase();
    await server.stop();
    if (!kept) rmSync(dir, { recursive: true, force: true });
  }
}
