import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { Log } from "./log";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-log-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));
const linesOf = (file: string) => fs.readFileSync(file, "utf8").trim().split("\n");

test("each line says whose it is, and what is no JSON becomes a message", async () => {
  const log = new Log(dir);
  const output = Readable.from(['{"level":"info","msg":"sent"}\n', "  ▲ Next.js\n"]);
  const ended = new Promise((resolve) => output.once("close", resolve));
  log.follow("web", output);
  await ended;
  await expect.poll(() => (fs.existsSync(log.file) ? linesOf(log.file).length : 0)).toBe(2);
  await log.close();
  const [sent, next] = linesOf(log.file).map((line) => JSON.parse(line));
  expect(sent).toEqual({ process: "web", level: "info", msg: "sent" });
  expect(next).toMatchObject({ process: "web", msg: "▲ Next.js" });
});

test("a log that has grown large is set aside while it is written; the newest lines stand in two files without a gap", async () => {
  const own = fs.mkdtempSync(path.join(dir, "large-"));
  const log = new Log(own, 2_000);
  // It has to be there before it can be set aside.
  log.write("supervisor", { n: 0 });
  await expect.poll(() => fs.existsSync(log.file)).toBe(true);
  for (let n = 1; n <= 60; n++) log.write("supervisor", { n });
  await log.close();
  await expect
    .poll(() => [`${log.file}.1`, log.file].flatMap(linesOf).map((line) => JSON.parse(line).n))
    .toEqual(
      Array.from({ length: 61 }, (_, n) => n).slice(-[`${log.file}.1`, log.file].flatMap(linesOf).length),
    );
  expect(fs.statSync(log.file).size).toBeLessThan(2_200);
  expect(fs.statSync(`${log.file}.1`).size).toBeGreaterThan(1_900);
});
