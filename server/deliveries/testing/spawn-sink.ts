import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = path.join(path.dirname(fileURLToPath(import.meta.url)), "sink-child.ts");

/** What the server does wrong, as shares of messages; nothing by default. */
export type SinkFaults = {
  /** Breaks the connection after the final dot, without an answer: half of those messages were taken. */
  dropAfterDot?: number;
  /** Answers 421 to a new message and closes. */
  closing?: number;
  /** Asks a recipient's message to come later (452), once for each. */
  refuseLater?: number;
  /** Answers so much later. */
  stallMs?: number;
};
export type SinkOrder = { kind: "count" } | { kind: "faults"; faults: SinkFaults };

/** Messages that it took; and connections that it broke after a final dot. */
export type SinkCounts = { taken: number; dropped: number };

export type SinkProcess = {
  url: string;
  count: () => Promise<SinkCounts>;
  faults: (faults: SinkFaults) => Promise<void>;
  /** What its log says: when each message was taken (ms), and its public id, in order. */
  log: () => { at: number; id: string }[];
  stop: () => Promise<void>;
};

type SinkOptions = {
  /** Where it notes what it took; nowhere without. */
  logPath?: string;
  seed?: number;
  /** As if on a machine of its own: what it stamps is when a message came, not when the sender left it a core. */
  ownMachine?: boolean;
};
/** Above every process of the product; only root may ask for it. */
const FOREMOST = -15;

/** Starts a mail server in a process of its own. */
export async function spawnSink(options: SinkOptions = {}): Promise<SinkProcess> {
  const { logPath = "", seed = 1, ownMachine = false } = options;
  const child = spawn(process.execPath, ["--import", "tsx", SCRIPT, logPath, String(seed)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  if (ownMachine && child.pid !== undefined && os.userInfo().uid === 0) os.setPriority(child.pid, FOREMOST);
  let turn: Promise<unknown> = Promise.resolve();
  // One question at a time: the answers carry no name.
  const ask = (order: SinkOrder): Promise<SinkCounts> => {
    const answer = turn.then(async () => {
      child.send(order);
      const [counts] = (await once(child, "message")) as [SinkCounts];
      return counts;
    });
    turn = answer;
    return answer;
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    count: () => ask({ kind: "count" }),
    faults: async (faults) => void (await ask({ kind: "faults", faults })),
    log: () =>
      fs
        .readFileSync(logPath, "utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => {
          const [at = "", id = ""] = line.split(" ");
          return { at: Number(at), id };
        }),
    stop: async () => {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
