/**
 * Checks that whatever decides something takes its time from the database's one clock, `clock_now()`, which tests can move and
 * production cannot. Called by `npm run verify`. Prints `file:line sentence` for each finding and fails when there is one.
 *
 * Files: `server`, the schema and the migrations; tests and the engine apart, which has a clock of its own.
 */
import fs from "node:fs";
import path from "node:path";

const OTHER_CLOCK =
  /(?<![\w.])(new Date\(\)|Date\.now\(\)|defaultNow\(\)|now\(\)|current_(date|timestamp)\b)/i;
/** Where another clock decides nothing. */
const harmless: Record<string, string> = {
  "server/channels/smtp/smtp.ts": "the date in a mail's head is read by its reader's program",
  "db/migrations/0000_clock_and_roles.sql": "the clock itself",
};
const outside = /(^|\/)(testing|chaos|conformance)(\/|$)|^server\/engine|\.test\.ts$|^db\/migrations\/meta/;

function* filesUnder(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.posix.join(dir, entry.name);
    if (outside.test(file)) continue;
    if (entry.isDirectory()) yield* filesUnder(file);
    else if (/\.(tsx?|sql)$/.test(entry.name) && !harmless[file]) yield file;
  }
}

/** Comments say what they like. */
const code = (line: string): string => line.replace(/(^|\s)(\/\/|--|\*|\/\*).*$/, "");

let findings = 0;
for (const file of ["server", "db/schema", "db/migrations"].flatMap((dir) => [...filesUnder(dir)]))
  for (const [at, line] of fs.readFileSync(file, "utf8").split("\n").entries()) {
    const found = OTHER_CLOCK.exec(code(line))?.[1];
    if (!found) continue;
    findings++;
    console.log(`${file}:${at + 1} ${found} is not the clock that tests move: use clock_now().`);
  }
process.exitCode = findings > 0 ? 1 : 0;
