import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@/db/ports";

const READER = path.join(path.dirname(fileURLToPath(import.meta.url)), "independent_server.py");

/** A mail as Python's parser reads it. */
export type ReadMail = {
  sender: string | null;
  recipients: string[];
  /** By their names in small letters; `names` has each as often as it stands there. */
  headers: Record<string, string>;
  names: string[];
  from: [name: string, address: string][];
  types: string[];
  /** Decoded, by media type. */
  text: Record<string, string>;
  longestLine: number;
  defects: string[];
};

export type IndependentServer = {
  url: string;
  /** What it took; `count`: how many that are. */
  mails: (count: number) => Promise<ReadMail[]>;
  stop: () => Promise<void>;
};

type Kind = "postfix" | "python";

// Postfix keeps its programs where users do not look for any.
const found = spawnSync("sh", ["-c", "PATH=$PATH:/usr/sbin command -v smtp-sink"], { encoding: "utf8" });
const smtpSink = found.stdout.trim();
const runs = (...words: string[]) => spawnSync("python3", words, { stdio: "ignore" }).status === 0;
const hasPython = runs("-c", "import email.policy");
const hasServer = hasPython && (runs("-c", "import aiosmtpd") || runs("-W", "ignore", "-c", "import smtpd"));

/** The mail servers of this machine that share no code with ours; why each other is left out. */
export const independentServers: { kind: Kind; missing: string | null }[] = [
  {
    kind: "postfix",
    missing: !hasPython
      ? "there is no Python to read its mails with"
      : smtpSink
        ? null
        : "Postfix is not installed (its smtp-sink is looked for)",
  },
  { kind: "python", missing: hasServer ? null : "there is no Python with aiosmtpd, or older than 3.12" },
];

export const startIndependentServer = (kind: Kind): Promise<IndependentServer> =>
  kind === "postfix" ? startPostfix() : startPython();

async function startPython(): Promise<IndependentServer> {
  const child = spawn("python3", [READER], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? "null");
  const { port } = (await next()) as { port: number };
  const taken: ReadMail[] = [];
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: async (count) => {
      while (taken.length < count) taken.push(await next());
      return taken;
    },
    stop: () => ended(child),
  };
}

/** Postfix's own sink, which writes each mail that it took into a file. */
async function startPostfix(): Promise<IndependentServer> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-postfix-"));
  const port = await freePort();
  const child = spawn(smtpSink, ["-d", `${dir}/mail.`, `127.0.0.1:${port}`, "20"], { stdio: "inherit" });
  await greeted(port);
  const files = () => fs.readdirSync(dir).map((name) => path.join(dir, name));
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails: async () => {
      const read = spawnSync("python3", [READER, ...files()], { encoding: "utf8", maxBuffer: 2 ** 26 });
      return read.stdout
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
    },
    stop: async () => {
      await ended(child);
      fs.rmSync(dir, { recursive: true });
    },
  };
}

/** Resolves when somebody listens there. */
async function greeted(port: number): Promise<void> {
  for (;;) {
    const socket = net.connect(port, "127.0.0.1");
    const open = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await delay(20);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
