/**
 * Checks that whatever decides something takes its time from the database's one clock, `clock_now()`, which tests can move and
 * production cannot. Called by `npm run verify`. Prints `file:line sentence` for each finding and fails when there is one.
 *
 * Files: `server`, the schema and the migrations; tests and the engine apart, which has a clock of its own.
 */
import fs from "node:fs";
import path from "node:path";

const OTHER_CLOCK =
  /(?<![\w.])(new Date\(\)|Date\.now\(\)|defaultNow\(\)|now\(\)|(?:clock|statement|transaction)_timestamp\(\)|timeofday\(\)|current_(?:date|timestamp)\b|localtimestamp\b)/gi;
/** Where another clock may stand, which one, and why; one that is not needed any more is a finding too. */
const allowed = [
  {
    file: "server/channels/smtp/smtp.ts",
    clock: "new Date()",
    why: "the date in a mail's head is read by its reader's program",
  },
  {
    file: "db/migrations/0000_clock_and_roles.sql",
    clock: "statement_timestamp()",
    why: "the clock itself",
  },
  ...["server/deliveries/pace.ts", "db/migrations/0031_reserve_and_pace.sql"].map((file) => ({
    file,
    clock: "clock_timestamp()",
    why: "messages leave in physical time: the places of an account's rate are dealt out by it, also where a test stands still",
  })),
];
const outside = /(^|\/)(testing|chaos|conformance)(\/|$)|^server\/engine|\.test\.ts$|^db\/migrations\/meta/;

function* filesUnder(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.posix.join(dir, entry.name);
    if (outside.test(file)) continue;
    if (entry.isDirectory()) yield* filesUnder(file);
    else if (/\.(tsx?|sql)$/.test(entry.name)) yield file;
  }
}

/** Comments say what they like. */
const code = (line: string): string => line.replace(/(^|\s)(\/\/|--|\*|\/\*).*$/, "");

const findings: string[] = [];
const needed = new Set<(typeof allowed)[number]>();
for (const file of ["server", "db/schema", "db/migrations"].flatMap((dir) => [...filesUnder(dir)]))
  for (const [at, line] of fs.readFileSync(file, "utf8").split("\n").entries())
    for (const [clock] of code(line).matchAll(OTHER_CLOCK)) {
      const exception = allowed.find(
        (each) => each.file === file && each.clock.toLowerCase() === clock.toLowerCase(),
      );
      if (exception) needed.add(exception);
      else findings.push(`${file}:${at + 1} ${clock} is not the clock that tests move: use clock_now().`);
    }
for (const { file, clock } of allowed.filter((each) => !needed.has(each)))
  findings.push(`scripts/lint-clock.ts:1 ${file} needs no exception for ${clock} any more.`);
for (const finding of findings) console.log(finding);
process.exitCode = findings.length > 0 ? 1 : 0;
