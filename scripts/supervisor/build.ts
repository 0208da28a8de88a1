import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import type { Log } from "./log";

const INPUTS = [
  "app",
  "components",
  "server",
  "db",
  "public",
  "env.ts",
  "instrumentation.ts",
  "proxy.ts",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];
const IRRELEVANT = /(\.test\.tsx?$|\/testing\/|^db\/(data|migrations)\/|^server\/(engine|cli)\/)/;
const marker = path.join(".next", "ringback-build");

/** True when `.next` was not built from the sources as they are now. */
export function buildNeeded(): boolean {
  return !fs.existsSync(marker) || fs.readFileSync(marker, "utf8") !== sourceHash();
}

/** Builds the web application. @throws Error with the compiler's words. */
export async function buildWeb(env: NodeJS.ProcessEnv, log: Log): Promise<void> {
  const hash = sourceHash();
  fs.rmSync(marker, { force: true });
  const words: string[] = [];
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  log.follow("build", child.stdout, (line) => words.push(line));
  log.follow("build", child.stderr, (line) => words.push(line));
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`The web application could not be built:\n${words.slice(-30).join("\n")}`);
  fs.writeFileSync(marker, hash);
}

function sourceHash(): string {
  const hash = createHash("sha256");
  for (const file of INPUTS.flatMap(filesUnder)) {
    if (IRRELEVANT.test(file)) continue;
    hash.update(file).update("\0").update(fs.readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(place: string): string[] {
  if (!fs.existsSync(place)) return [];
  if (fs.statSync(place).isFile()) return [place];
  const entries = fs.readdirSync(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
