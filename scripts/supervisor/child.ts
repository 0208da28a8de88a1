import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { env } from "@/env";
import type { Log } from "./log";
import { unplannedRestart } from "./unplanned";

const BACK_OFF_MS = [200, 500, 1_000, 2_000, 5_000, 10_000];
const STEADY_MS = 60_000;
/** After the time in which it tells a load balancer that it ends. */
const GRACE_MS = 8_000 + env.DRAIN_SECONDS * 1_000;
const HEALTH_POLL_MS = 50;

export type ChildSpec = {
  name: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Answers 2xx once the process works. */
  healthUrl: string;
  /** Told at each start, planned or not. */
  onLaunch: (name: string, pid: number | undefined) => void;
};

/** One process under the supervisor: started, waited for, restarted with back-off when it dies, stopped in order. */
export class Child {
  private process: ChildProcess | null = null;
  private stopping = false;
  private failures = 0;

  constructor(
    private readonly spec: ChildSpec,
    private readonly log: Log,
  ) {}

  /** Starts it and waits until it is healthy. @throws Error with its last lines when it ends before that. */
  async start(timeoutMs = 90_000): Promise<void> {
    const words: string[] = [];
    const child = this.launch(words);
    const ended = new Promise<"ended">((resolve) => child.once("exit", () => resolve("ended")));
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      if (await healthy(this.spec.healthUrl)) return;
      if ((await Promise.race([ended, delay(HEALTH_POLL_MS)])) === "ended") break;
    }
    await this.stop();
    throw new Error(
      `The ${this.spec.name} did not start. Its last words:\n${words.slice(-15).join("\n")}\nThe whole log: ${this.log.file}`,
    );
  }

  /** SIGTERM, then SIGKILL after a grace period. */
  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    await gone;
    clearTimeout(timer);
  }

  private launch(words: string[] = []): ChildProcess {
    // The fourth stream is the leash: when the supervisor dies, even by kill -9, it closes and the child ends itself.
    const child = spawn(process.execPath, ["--import", "./scripts/leash.mjs", ...this.spec.args], {
      env: { ...this.spec.env, RINGBACK_LEASHED: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.process = child;
    this.spec.onLaunch(this.spec.name, child.pid);
    const startedAt = Date.now();
    const keep = (line: string) => words.push(line);
    if (child.stdout) this.log.follow(this.spec.name, child.stdout, keep);
    if (child.stderr) this.log.follow(this.spec.name, child.stderr, keep);
    child.once("exit", (code, signal) => void this.restart(startedAt, code, signal));
    return child;
  }

  private async restart(startedAt: number, code: number | null, signal: string | null): Promise<void> {
    if (this.stopping) return;
    this.failures = Date.now() - startedAt > STEADY_MS ? 0 : this.failures;
    const wait = BACK_OFF_MS[Math.min(this.failures++, BACK_OFF_MS.length - 1)] ?? 0;
    this.log.write("supervisor", {
      level: "warn",
      msg: unplannedRestart(this.spec.name),
      code,
      signal,
      waitMs: wait,
    });
    await delay(wait);
    if (!this.stopping) this.launch();
  }
}

async function healthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false; // not up yet
  }
}
