import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort } from "@/db/ports";
import { childEnvironment } from "@/env";
import { Child } from "./child";
import { Log } from "./log";
import { unplannedRestarts } from "./unplanned";

const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-restarts-"));
afterAll(() => fs.rmSync(dir, { recursive: true }));

test("a process that is killed stands in the log as an unplanned restart, one that is stopped does not", async () => {
  const log = new Log(dir);
  const port = await freePort();
  const pids: number[] = [];
  const child = new Child(
    {
      name: "web",
      args: [
        "-e",
        `require("node:http").createServer((_, answer) => answer.end()).listen(${port}, "127.0.0.1")`,
      ],
      env: childEnvironment({}),
      healthUrl: `http://127.0.0.1:${port}`,
      onLaunch: (_, pid) => pids.push(pid ?? 0),
    },
    log,
  );
  await child.start();
  process.kill(pids[0] ?? 0, "SIGKILL");
  await expect.poll(() => pids.length, { timeout: 20_000 }).toBe(2);
  await child.stop();
  await log.close();
  expect(unplannedRestarts(dir).map((line) => JSON.parse(line))).toMatchObject([
    { process: "supervisor", level: "warn", msg: "unplanned restart of web", signal: "SIGKILL" },
  ]);
});
