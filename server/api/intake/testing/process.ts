import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@/db/ports";
import { childEnvironment } from "@/env";

export type IntakeProcess = { url: string; pid: number; stop: (signal?: NodeJS.Signals) => Promise<void> };

/** One intake process as production starts it, ready when it resolves. @param given its environment beside ours */
export async function startIntakeProcess(given: Record<string, string | undefined>): Promise<IntakeProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ["--import", "tsx", "server/api/intake/main.ts", String(port)], {
    stdio: ["ignore", "inherit", "inherit"],
    env: childEnvironment({ LOG_LEVEL: "error", ...given }),
  });
  const gone = once(child, "exit");
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null) throw new Error(`The intake did not start (exit code ${child.exitCode}).`);
    await pause(50);
  }
  return {
    url,
    pid: child.pid ?? 0,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      await gone;
    },
  };
}
