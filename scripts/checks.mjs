// The static checks, shared by `npm run verify` and `npm test`: name → command. All must pass with no warning.
import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./bootstrap.mjs";

const bin = (name) => path.join(root, "node_modules", ".bin", name);

/** Route types come first: the type check reads them. */
export const prepare = { name: "route types", command: [bin("next"), "typegen"] };

// The compiler without a JavaScript interface, in half the time; next, knip and dependency-cruiser want the one with it.
const compiler = path.join(root, "node_modules", "typescript-7", "bin", "tsc");

export const checks = [
  { name: "types", command: [process.execPath, compiler, "--noEmit"] },
  { name: "lint and format", command: [bin("biome"), "ci", "--error-on-warnings", "."] },
  { name: "directions", command: [bin("depcruise"), ".", "--output-type", "err"] },
  { name: "portable workflows", command: [process.execPath, "--import", "tsx", "scripts/lint-workflows.ts"] },
  { name: "one clock", command: [process.execPath, "--import", "tsx", "scripts/lint-clock.ts"] },
  { name: "dead code", command: [bin("knip"), "--no-progress", "--treat-config-hints-as-errors"] },
];

/** Runs one command; resolves with its exit code, output and seconds. Streams nothing. */
export function runCommand({ command, env = {} }) {
  return new Promise((resolve) => {
    const started = performance.now();
    const chunks = [];
    const child = spawn(command[0], command.slice(1), {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
    child.once("error", (error) => resolve({ code: 1, output: String(error), seconds: 0 }));
    child.once("close", (code) =>
      resolve({
        code,
        output: Buffer.concat(chunks).toString(),
        seconds: (performance.now() - started) / 1000,
      }),
    );
  });
}

/** Runs the checks two at a time (two cores), prints a line each, returns how many passed and failed. */
export async function runChecks() {
  const tally = { passed: 0, failed: 0 };
  const report = (name, result) => {
    const ok = result.code === 0;
    tally[ok ? "passed" : "failed"]++;
    console.log(`  ${ok ? "✓" : "✗"} ${name.padEnd(18)} ${result.seconds.toFixed(1)} s`);
    if (!ok) console.log(result.output);
  };
  const prepared = await runCommand(prepare);
  if (prepared.code !== 0) report(prepare.name, prepared);
  const queue = [...checks];
  const lane = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) report(check.name, await runCommand(check));
  };
  await Promise.all([lane(), lane()]);
  return tally;
}
