/**
 * Checks that Inngest functions keep to the portable subset: what the embedded engine and every Inngest run alike.
 * Called by `npm run verify`. Prints `file:line sentence` for each finding and fails when there is one.
 *
 * Files: those under `app`, `server` and `components` (tests and the engine apart) that import `inngest` or call
 * `createFunction`. What only a run can tell (results up to 64 kB, 200 steps) is enforced by the engine that tests
 * start (`server/engine/testing/virtual-engine.ts`).
 */
import fs from "node:fs";
import path from "node:path";
import { findings } from "./workflow-rules";

function* filesUnder(dir: string): Generator<string> {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
    const file = path.join(dir, entry.name);
    if (entry.isDirectory()) {
      if (!/(^|\/)(node_modules|testing|server\/engine)$/.test(file)) yield* filesUnder(file);
    } else if (/\.tsx?$/.test(entry.name) && !/\.(test|spec)\.tsx?$/.test(entry.name)) yield file;
  }
}

const isWorkflow = (source: string): boolean => /from "inngest|\.createFunction\(/.test(source);

const all = ["app", "server", "components"].flatMap((dir) =>
  [...filesUnder(dir)].flatMap((file) => {
    const source = fs.readFileSync(file, "utf8");
    return isWorkflow(source) ? findings(file, source) : [];
  }),
);
for (const { file, line, sentence } of all) console.log(`${file}:${line} ${sentence}`);
process.exitCode = all.length > 0 ? 1 : 0;
