import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { makeMember, makeWorkspace } from "@/db/testing/factories";
import { childEnvironment, env } from "@/env";
import { checkImport } from "./check";
import { getImport } from "./get";
import { runImport } from "./run";
import { countsOf, finishWork, ownDataDirectory, uploadFile } from "./testing/files";

const db = await testDatabase();
ownDataDirectory();

/** A worker process that imports a chunk a line. */
function startWorker(workspaceId: string, importId: string): ChildProcess {
  return spawn(
    process.execPath,
    ["--import", "tsx", "server/imports/testing/run-child.ts", workspaceId, importId],
    {
      env: childEnvironment({ DATABASE_URL: db.url, RINGBACK_DATA_DIR: env.RINGBACK_DATA_DIR }),
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
}

/** Lets it finish some chunks, then kills it in the middle of whatever it does next. */
async function killAfter(worker: ChildProcess, chunks: number): Promise<void> {
  let seen = 0;
  for await (const piece of worker.stdout ?? []) {
    seen += String(piece).split("\n").length - 1;
    if (seen >= chunks) break;
  }
  worker.kill("SIGKILL");
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, "exit");
}

test("kill -9 in the middle of an import loses no row and takes none twice", async () => {
  const admin = await makeMember(db.owner, await makeWorkspace(db.owner));
  const count = 30_000;
  const lines = Array.from({ length: count }, (_, at) => `c${at},Person ${at},p${at}@example.com\n`);
  const importId = await uploadFile(admin, `id,name,email\n${lines.join("")}`);
  await checkImport(admin, { importId });
  await finishWork(admin, importId, "check");
  await runImport(admin, { importId });
  for (const chunks of [1, 3, 2]) await killAfter(startWorker(admin.workspaceId, importId), chunks);
  const between = await getImport(admin, { importId });
  expect(between).toMatchObject({ status: "importing" });
  const [written] = await db.owner<{ n: number }[]>`
    select count(*)::int as n from customers where workspace_id = ${admin.workspaceId}`;
  expect(written?.n).toBe(between.rowsRead);
  await finishWork(admin, importId, "run");
  expect(countsOf(await getImport(admin, { importId }))).toEqual({
    created: count,
    updated: 0,
    unchanged: 0,
    rejected: 0,
  });
  const [row] = await db.owner`
    select count(*)::int as n, count(distinct external_id)::int as ids from customers where workspace_id = ${admin.workspaceId}`;
  expect(row).toEqual({ n: count, ids: count });
}, 120_000);
