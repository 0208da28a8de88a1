// `npm test`: static checks, unit and integration tests on real Postgres, the browser journeys against the production
// build. Every part runs even when an earlier one failed; the last line counts all of them.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureInstalled, root } from "./bootstrap.mjs";
import { runChecks, runCommand } from "./checks.mjs";

ensureInstalled();
const bin = (name) => path.join(root, "node_modules", ".bin", name);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-test-"));
const readJson = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : null);

/** Unit and integration tests. A run that wrote no report counts as one failure. */
async function runVitest() {
  const report = path.join(scratch, "vitest.json");
  const result = await runCommand({
    command: [bin("vitest"), "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`],
    env: { NO_COLOR: "1" },
  });
  const json = readJson(report);
  const failed = json
    ? json.numFailedTests +
      json.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length
    : 1;
  return finish("tests", result, json?.numPassedTests ?? 0, failed);
}

/** The browser journeys. They start the product themselves (e2e/fixtures), built for production. */
async function runPlaywright() {
  const report = path.join(scratch, "playwright.json");
  const result = await runCommand({
    command: [bin("playwright"), "test", "-c", "e2e/playwright.config.ts"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, NO_COLOR: "1" },
  });
  const stats = readJson(report)?.stats;
  return finish(
    "browser journeys",
    result,
    (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    stats ? stats.unexpected : 1,
  );
}

function finish(name, result, passed, failed) {
  const broken = result.code !== 0 && failed === 0 ? 1 : failed;
  console.log(
    `  ${broken === 0 ? "✓" : "✗"} ${name.padEnd(18)} ${result.seconds.toFixed(1)} s  (${passed} passed)`,
  );
  if (broken > 0) console.log(result.output.slice(-60_000));
  return { passed, failed: broken };
}

const parts = [await runChecks(), await runVitest(), await runPlaywright()];
fs.rmSync(scratch, { recursive: true, force: true });
const passed = parts.reduce((sum, part) => sum + part.passed, 0);
const failed = parts.reduce((sum, part) => sum + part.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
