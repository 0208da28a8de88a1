import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { testDatabase } from "@/db/testing/database";
import { childEnvironment, env } from "@/env";

const db = await testDatabase();
const marks = {
  name: "Zyxwena Markworthy",
  phone: "+919812345670",
  email: "zyx.mark@example.test",
  words: "quillwort and zebrawood",
};
/** Other spellings of the same values. */
const traces = [
  ...Object.values(marks),
  "9812345670",
  "98123 45670",
  "Zyxwena",
  "zyx.mark",
  "quillwort",
  "zebrawood",
];

test("no name, number, address or word of a customer is written into a log, whatever goes well or wrong", async () => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "server/worker/testing/logs-child.ts", JSON.stringify(marks)],
    {
      env: childEnvironment({
        DATABASE_URL: db.url,
        RINGBACK_SECRET: env.RINGBACK_SECRET,
        LOG_LEVEL: "debug",
      }),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (log += part));
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(code, log).toBe(0);
  // What is looked through is what should be there.
  const lines = log.split("\n").filter((line) => line.startsWith("{"));
  expect(lines.at(-1)).toContain('"statuses":[202,400,202,500,303,422]');
  for (const message of [
    "request failed",
    "a round failed and is tried again",
    "a batch ended",
    "a door failed",
    "hot",
  ])
    expect(log).toContain(`"msg":"${message}"`);
  const told = log.toLowerCase();
  for (const trace of traces) expect(told).not.toContain(trace.toLowerCase());
  // What an operator needs of an error is there all the same.
  expect(log).toMatch(/"code":"22P02"/);
  expect(log).toMatch(/Failed query: select \$1::uuid/);
});
