import { existsSync, readFileSync } from "node:fs";
import { access, constants, statfs } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import postgres from "postgres";
import { embeddedUrl } from "@/db/embedded";
import { env } from "@/env";
import { readSecrets } from "@/server/platform/installation";

type Finding = { ok: boolean; what: string; words: string };

const ENOUGH_DISK_BYTES = 500 * 1024 * 1024;

/** Prints a line for each check; resolves with 1 when one found something wrong. */
export async function doctor(): Promise<number> {
  const findings = await Promise.all([
    checkNode(),
    checkDataDir(),
    checkDatabase(),
    checkHeartbeats(),
    checkMail(),
    checkRotation(),
  ]);
  for (const { ok, what, words } of findings) console.log(`${ok ? "✓" : "✗"} ${what.padEnd(16)} ${words}`);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}

async function checkNode(): Promise<Finding> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return {
    ok,
    what: "Node",
    words: ok ? process.versions.node : `${process.versions.node} is too old. Install 20.19 or newer.`,
  };
}

async function checkDataDir(): Promise<Finding> {
  const dir = env.RINGBACK_DATA_DIR;
  if (!existsSync(dir))
    return { ok: true, what: "Data directory", words: `${dir} will be made by npm start` };
  try {
    await access(dir, constants.W_OK);
    const disk = await statfs(dir);
    const free = disk.bavail * disk.bsize;
    const words = `${dir}, ${(free / 1024 ** 3).toFixed(1)} GB free`;
    return {
      ok: free > ENOUGH_DISK_BYTES,
      what: "Data directory",
      words: free > ENOUGH_DISK_BYTES ? words : `${words}. Free at least 500 MB.`,
    };
  } catch {
    return {
      ok: false,
      what: "Data directory",
      words: `${dir} cannot be written. Change its owner, or set RINGBACK_DATA_DIR.`,
    };
  }
}

/** The database's address without starting anything: the operator's, or the embedded server that runs now. */
function runningDatabase(): string | null {
  if (env.DATABASE_URL) return env.DATABASE_URL;
  const file = path.join(env.RINGBACK_DATA_DIR, "postgres", "postmaster.pid");
  if (!existsSync(file)) return null;
  return embeddedUrl(Number(readFileSync(file, "utf8").split("\n")[3]), "ringback");
}

async function ask<T extends Record<string, unknown>>(query: string): Promise<T[] | Error | null> {
  const url = runningDatabase();
  if (!url) return null;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    return (await sql.unsafe(query)) as unknown as T[];
  } catch (error) {
    return error as Error;
  } finally {
    await sql.end({ timeout: 2 });
  }
}

async function checkDatabase(): Promise<Finding> {
  const answer = await ask<{ version: string; size: string }>(
    "select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size",
  );
  if (answer === null)
    return { ok: true, what: "Database", words: "embedded, not running now; npm start starts it" };
  if (answer instanceof Error)
    return {
      ok: false,
      what: "Database",
      words: `does not answer: ${answer.message}. Check DATABASE_URL, or start Ringback.`,
    };
  return { ok: true, what: "Database", words: `Postgres ${answer[0]?.version}, ${answer[0]?.size}` };
}

async function checkHeartbeats(): Promise<Finding> {
  const answer = await ask<{ process: string; age: number }>(
    "select process, extract(epoch from clock_now() - beat_at)::int as age from heartbeats where beat_at > clock_now() - interval '1 day' order by process",
  );
  if (answer === null || answer instanceof Error || answer.length === 0)
    return { ok: true, what: "Processes", words: "not running now" };
  const silent = answer.filter(({ age }) => age > 30);
  if (silent.length === answer.length) return { ok: true, what: "Processes", words: "not running now" };
  return silent.length === 0
    ? { ok: true, what: "Processes", words: answer.map(({ process }) => process).join(", ") }
    : {
        ok: false,
        what: "Processes",
        words: `${silent.map(({ process, age }) => `${process} silent for ${age} s`).join(", ")}. Look into ringback.log in the data directory.`,
      };
}

function checkRotation(): Promise<Finding> {
  const cutOff = readSecrets(env.RINGBACK_DATA_DIR)?.ENCRYPTION_SECRET_PREVIOUS !== undefined;
  return Promise.resolve({
    ok: !cutOff,
    what: "Stored secrets",
    words: cutOff
      ? "a rotation of their key was cut off. Run it again: npm run ringback -- secret rotate"
      : "one key is accepted",
  });
}

function checkMail(): Promise<Finding> {
  if (!env.SMTP_URL)
    return Promise.resolve({ ok: true, what: "Mail", words: "sandbox inbox (SMTP_URL is not set)" });
  const { hostname, port } = new URL(env.SMTP_URL);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port || 587), timeout: 5_000 });
    const answer = (ok: boolean, words: string) => {
      socket.destroy();
      resolve({ ok, what: "Mail", words });
    };
    socket.once("connect", () => answer(true, `${hostname} answers`));
    socket.once("timeout", () =>
      answer(false, `${hostname} did not answer in 5 s. Check SMTP_URL and the firewall.`),
    );
    socket.once("error", (error) =>
      answer(false, `${hostname} cannot be reached (${error.message}). Check SMTP_URL.`),
    );
  });
}
