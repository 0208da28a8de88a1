/**
 * Chaos runs of the embedded engine, each a command of its own:
 *
 *   node scripts/run.mjs server/engine/chaos/main.ts kill      100 runs, 25 kill -9 of engine and app in turn
 *   node scripts/run.mjs server/engine/chaos/main.ts two       two engine processes share 1,000 parallel steps
 *   node scripts/run.mjs server/engine/chaos/main.ts postgres  kill -9 of Postgres while runs are under way
 *   node scripts/run.mjs server/engine/chaos/main.ts soak      memory of the engine over 20,000 runs
 *
 * Ends with `N passed, N failed`.
 */
import type { Finding } from "./finding";
import { killRuns } from "./kill";
import { killPostgres } from "./postgres";
import { soak } from "./soak";
import { twoEngines } from "./two";

const commands: Record<string, () => Promise<Finding[]>> = {
  kill: () => killRuns(),
  two: twoEngines,
  postgres: killPostgres,
  soak,
};
const chosen = process.argv[2] ? [process.argv[2]] : ["kill", "two", "postgres"];
const findings: Finding[] = [];
for (const name of chosen) {
  const command = commands[name];
  if (!command) throw new Error(`Commands: ${Object.keys(commands).join(", ")}`);
  process.stdout.write(`\n${name}\n`);
  for (const finding of await command()) {
    findings.push(finding);
    process.stdout.write(`  ${finding.ok ? "✓" : "✗"} ${finding.claim}: ${finding.seen}\n`);
  }
}
const failed = findings.filter(({ ok }) => !ok).length;
process.stdout.write(`\n${findings.length - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
