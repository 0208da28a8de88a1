// What every command does before anything else, with nothing installed: checks Node, installs what the lock file names.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = [20, 19];
const marker = path.join(root, "node_modules", ".ringback-installed");

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(
    `Ringback needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`,
  );
  process.exit(1);
}

/** Installs exactly what package-lock.json says, once for each lock file. Works offline when nothing changed. */
export function ensureInstalled() {
  checkNode();
  const lock = createHash("sha256")
    .update(fs.readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === lock) return 0;
  const started = performance.now();
  process.stdout.write("  … installing packages (about a minute)\r");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  // A host may set NODE_ENV=production; the build and the checks need the development packages too.
  const result = spawnSync(npm, ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  process.stdout.write("\r\u001b[2K");
  if (result.status !== 0) {
    console.error(
      `\nThe packages could not be installed. npm said:\n${result.stderr || result.stdout || result.error}`,
    );
    process.exit(1);
  }
  fs.writeFileSync(marker, lock);
  return performance.now() - started;
}

/** Runs a TypeScript entry of the project in this process. */
export async function runTypeScript(file) {
  process.chdir(root);
  const { register } = await import("tsx/esm/api");
  register();
  await import(path.join(root, file));
}
