import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import postgres from "postgres";
import { embeddedUrl, giveToServer, startEmbeddedPostgres } from "@/db/embedded";
import { copyFile, digestOf, severalAtOnce } from "./copy";
import { FILE_FOLDERS } from "./create";
import { type Manifest, readManifest } from "./manifest";
import { type BroughtBack, stopSending } from "./stop-sending";

/** Folders that a server wants to find, also where they are empty: copying tools drop those. */
const EMPTY = [
  "pg_commit_ts pg_dynshmem pg_logical/mappings pg_logical/snapshots pg_notify pg_replslot pg_serial pg_snapshots pg_stat",
  "pg_stat_tmp pg_subtrans pg_tblspc pg_twophase pg_wal/archive_status pg_wal/summaries",
].flatMap((names) => names.split(" "));

export type RestoreOptions = {
  from: string;
  dataDir: string;
  /** True: what lies in the data directory is moved aside (never deleted), and the backup takes its place. */
  overwrite: boolean;
  /** The root secret that is given otherwise (RINGBACK_SECRET); needed where the backup holds none. */
  secretGiven: boolean;
};

export type Restored = BroughtBack & {
  createdAt: string;
  /** Where the earlier content of the data directory lies now; null when there was none. */
  movedTo: string | null;
};

/**
 * Puts a backup into a data directory in which nothing runs, and looks whether the database comes up. Every file is compared
 * with its digest before anything is touched. All sending is stopped afterwards: what left after the backup was made is not
 * known here any more, and would go again.
 * @throws Error with a sentence
 */
export async function restoreBackup({
  from,
  dataDir,
  overwrite,
  secretGiven,
}: RestoreOptions): Promise<Restored> {
  const manifest = await readManifest(from);
  await verify(from, manifest);
  await refuseRunning(dataDir);
  const taken = ["postgres", "secrets.json", ...FILE_FOLDERS].filter((name) =>
    existsSync(path.join(dataDir, name)),
  );
  if (taken.includes("postgres") && !overwrite)
    throw new Error(
      `${dataDir} holds a database already. Give --overwrite: it is moved aside, and the backup takes its place.`,
    );
  if (!manifest.withSecrets && !secretGiven && !taken.includes("secrets.json"))
    throw new Error(
      "This backup holds no secrets. Put the installation's secrets.json into the data directory, or set RINGBACK_SECRET: without it, stored passwords of providers and links in messages that were sent cannot be read.",
    );
  const fresh = path.join(dataDir, "restoring");
  await rm(fresh, { recursive: true, force: true });
  // The server syncs what it finds before it recovers: this needs no sync of each file.
  await severalAtOnce(manifest.files, (file) =>
    copyFile(path.join(from, file.path), path.join(fresh, file.path), false),
  );
  for (const name of EMPTY) await mkdir(path.join(fresh, "postgres", name), { recursive: true, mode: 0o700 });
  const replaced = taken.filter((name) => name !== "secrets.json" || manifest.withSecrets);
  const movedTo = replaced.length > 0 ? await moveAside(dataDir, replaced) : null;
  for (const name of await readdir(fresh)) await rename(path.join(fresh, name), path.join(dataDir, name));
  await rm(fresh, { recursive: true });
  return { createdAt: manifest.createdAt, movedTo, ...(await bringUp(path.join(dataDir, "postgres"))) };
}

async function verify(from: string, { files }: Manifest): Promise<void> {
  for (const { path: name, sha256 } of files)
    if ((await digestOf(path.join(from, name))) !== sha256)
      throw new Error(
        `${name} of the backup is damaged or missing. Nothing was touched; use another backup.`,
      );
}

async function refuseRunning(dataDir: string): Promise<void> {
  for (const [file, what] of [
    ["supervisor.json", "Ringback"],
    ["postgres/postmaster.pid", "Its database"],
  ] as const) {
    const text = await readFile(path.join(dataDir, file), "utf8").catch(() => "");
    const pid = Number(/\d+/.exec(text)?.[0] ?? 0);
    if (pid > 0 && isAlive(pid))
      throw new Error(`${what} runs in ${dataDir} (process ${pid}). Stop it first.`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function moveAside(dataDir: string, names: string[]): Promise<string> {
  let nth = 1;
  while (existsSync(path.join(dataDir, `replaced-${nth}`))) nth++;
  const aside = path.join(dataDir, `replaced-${nth}`);
  await mkdir(aside, { mode: 0o700 });
  // The journal tells what was sent of the database that goes: it goes along.
  const all = [...names, ...(existsSync(path.join(dataDir, "journal")) ? ["journal"] : [])];
  for (const name of all) await rename(path.join(dataDir, name), path.join(aside, name));
  return aside;
}

async function bringUp(dir: string): Promise<BroughtBack> {
  giveToServer(dir);
  const server = await startEmbeddedPostgres(dir);
  const sql = postgres(embeddedUrl(server.port, "ringback"), { max: 1, onnotice: () => {} });
  try {
    return await stopSending(sql);
  } finally {
    await sql.end({ timeout: 5 });
    await server.stop();
  }
}
