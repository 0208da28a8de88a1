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

const failedIn = (file) => file.assertionResults.filter(({ status }) => status === "failed");
const passedIn = (files) =>
  files.flatMap((file) => file.assertionResults).filter(({ status }) => status === "passed").length;

async function vitest(files, name) {
  const report = path.join(scratch, name);
  const reporters = ["--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const result = await runCommand({
    command: [bin("vitest"), "run", ...reporters, ...files],
    env: { NO_COLOR: "1" },
  });
  return { result, files: readJson(report)?.testResults ?? null };
}

/**
 * Unit and integration tests. A run that wrote no report counts as one failure. Files with a failure are run once more, by
 * themselves: one that passes then is named as unstable, with what it failed with, because it is a defect of its own.
 */
async function runVitest() {
  const { result, files } = await vitest([], "vitest.json");
  const broken = files?.filter(({ status }) => status === "failed") ?? [];
  if (!files || broken.length === 0) return finish("tests", result, passedIn(files ?? []), files ? 0 : 1);
  const again = await vitest(
    broken.map(({ name }) => path.relative(root, name)),
    "vitest-again.json",
  );
  const still = again.files?.filter(({ status }) => status === "failed") ?? broken;
  if (again.files && still.length === 0) {
    for (const file of broken)
      console.log(
        `  ! unstable: ${path.relative(root, file.name)}\n${failedIn(file).map(toLine).join("") || file.message}`,
      );
    again.result.seconds += result.seconds;
  }
  const passed = passedIn(files.filter((file) => !broken.includes(file))) + passedIn(again.files ?? []);
  const failed = still.reduce((sum, file) => sum + Math.max(1, failedIn(file).length), 0);
  return finish("tests", still.length === 0 ? again.result : result, passed, failed);
}

const toLine = ({ fullName, failureMessages }) =>
  `    ${fullName}\n      ${String(failureMessages[0]).slice(0, 2_000).replaceAll("\n", "\n      ")}\n`;

/** The browser journeys. They start the product themselves (e2e/fixtures), built for production. */
async function runPlaywright() {
  const report = path.join(scratch, "playwright.json");
  const result = await runCommand({
    command: [bin("playwright"), "test", "-c", "e2e/playwright.config.ts"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, NO_COLOR: "1" },
  });
  const { stats, suites = [] } = readJson(report) ?? {};
  for (const title of unstable(suites)) console.log(`  ! unstable: ${title}`);
  return finish(
    "browser journeys",
    result,
    (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    stats ? stats.unexpected : 1,
  );
}

/** Titles of the journeys that failed and then passed, with what they failed with. */
function unstable(suites) {
  return suites.flatMap(({ title, suites: inner = [], specs = [] }) => [
    ...unstable(inner),
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
      .map((spec) => `${title}: ${spec.title}\n      ${firstError(spec).slice(0, 2_000)}`),
  ]);
}

const firstError = ({ tests }) =>
  tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message ?? "";

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
