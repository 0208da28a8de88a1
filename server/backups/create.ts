import { existsSync } from "node:fs";
import { mkdir, open, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import postgres, { type Sql } from "postgres";
import { copyFile, severalAtOnce, treeOf } from "./copy";
import { type Copied, MANIFEST, type Manifest } from "./manifest";

/** Where people's files lie in the data directory, beside the database. */
export const FILE_FOLDERS = ["files", "uploads"] as const;

/** What a server writes anew when it starts (Postgres manual, "Making a Base Backup"): not copied. */
const REMADE =
  /^(postmaster\.(pid|opts)|pg_wal\/|pg_(replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)\/.|.*pgsql_tmp)/;

export type BackupOptions = {
  dataDir: string;
  /** The embedded server's address, as its owner. */
  url: string;
  /** The directory to make; it must not exist, or be empty. */
  to: string;
  /** False: secrets.json is left out, and must be kept elsewhere. */
  withSecrets: boolean;
};

/**
 * Copies database, uploaded files and secrets while everything goes on working. The copy is consistent: it holds each
 * transaction wholly or not at all, as of the moment at which the copying of the database ended.
 * @throws Error with a sentence when the directory is taken or the disk is full; what was copied until then is removed.
 */
export async function createBackup({ dataDir, url, to, withSecrets }: BackupOptions): Promise<Manifest> {
  if (existsSync(to) && (await readdir(to)).length > 0)
    throw new Error(`${to} is not empty. Name a directory that does not exist yet.`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  // One connection for all of it: the server ends the backup when it closes.
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [server] = await sql<{ version: string; at: string }[]>`
      select current_setting('server_version') as version, to_json(clock_now()) #>> '{}' as at`;
    const database = await copyDatabase(sql, path.join(dataDir, "postgres"), path.join(to, "postgres"));
    const files = await copyFolders(dataDir, to, withSecrets);
    const manifest: Manifest = {
      format: 1,
      createdAt: server?.at ?? "",
      postgres: server?.version ?? "",
      withSecrets,
      files: [...database, ...files],
    };
    await writeLast(path.join(to, MANIFEST), JSON.stringify(manifest));
    return manifest;
  } catch (error) {
    await rm(to, { recursive: true, force: true });
    throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** A base backup by the server's own protocol, with the journal (WAL) that makes it consistent. */
async function copyDatabase(sql: Sql, from: string, to: string): Promise<Copied[]> {
  // The slot keeps the server from removing journal that this backup needs; it goes with the connection.
  await sql`select pg_create_physical_replication_slot('ringback_backup', true, true)`;
  const [start] = await sql<{ file: string }[]>`
    select pg_walfile_name(pg_backup_start('ringback', fast => true)) as file`;
  const pages = await copyTree(from, to, (name) => !REMADE.test(name));
  const [stop] = await sql<{ file: string; label: string }[]>`
    select pg_walfile_name(lsn) as file, labelfile as label from pg_backup_stop(wait_for_archive => false)`;
  if (!start || !stop) throw new Error("The server did not answer how its backup went.");
  const label = await writeLabel(to, stop.label);
  const journal = await copyTree(path.join(from, "pg_wal"), path.join(to, "pg_wal"), (name) =>
    /^[0-9A-F]{24}$/.test(name) ? name >= start.file && name <= stop.file : name.endsWith(".history"),
  );
  const below = (folder: string) => (file: Copied) => ({ ...file, path: `${folder}/${file.path}` });
  return [...pages.map(below("postgres")), label, ...journal.map(below("postgres/pg_wal"))];
}

/** Where recovery begins. Without it a restored server would trust pages that were copied half written. */
async function writeLabel(to: string, text: string): Promise<Copied> {
  const source = path.join(to, "backup_label.part");
  await writeFile(source, text, { mode: 0o600 });
  const copied = await copyFile(source, path.join(to, "backup_label"));
  await rm(source);
  if (!copied) throw new Error("The label of the backup could not be written.");
  return { path: "postgres/backup_label", ...copied };
}

async function copyFolders(dataDir: string, to: string, withSecrets: boolean): Promise<Copied[]> {
  const copied: Copied[] = [];
  for (const folder of FILE_FOLDERS) {
    const files = await copyTree(
      path.join(dataDir, folder),
      path.join(to, folder),
      (name) => !name.endsWith(".part"),
    );
    copied.push(...files.map((file) => ({ ...file, path: `${folder}/${file.path}` })));
  }
  const secrets = withSecrets
    ? await copyFile(path.join(dataDir, "secrets.json"), path.join(to, "secrets.json"))
    : null;
  return secrets ? [...copied, { path: "secrets.json", ...secrets }] : copied;
}

async function copyTree(from: string, to: string, wanted: (name: string) => boolean): Promise<Copied[]> {
  const names = (await treeOf(from)).filter(wanted);
  for (const name of names)
    if (name.endsWith("/")) await mkdir(path.join(to, name), { recursive: true, mode: 0o700 });
  const files = names.filter((name) => !name.endsWith("/"));
  const copied = await severalAtOnce(files, async (name) => {
    // A file that goes meanwhile is one that the journal removes as well.
    const file = await copyFile(path.join(from, name), path.join(to, name));
    return file ? [{ path: name, ...file }] : [];
  });
  return copied.flat();
}

async function writeLast(file: string, text: string): Promise<void> {
  const handle = await open(file, "w", 0o600);
  await handle.writeFile(text);
  await handle.sync();
  await handle.close();
}
