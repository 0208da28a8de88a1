import path from "node:path";
import { parseArgs } from "node:util";
import postgres from "postgres";
import { env } from "@/env";
import { createBackup, restoreBackup, stopSending } from "@/server/backups";
import { formatBytes } from "@/server/platform/format";
import { count } from "./progress";

/** `backup create DIR [--without-secrets]`: copies a running or stopped installation with an embedded database. */
export async function createBackupCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { "without-secrets": { type: "boolean" } },
  });
  const [to] = positionals;
  if (!to) return refuse("Say where: npm run ringback -- backup create DIRECTORY");
  if (!isEmbedded(env.DATABASE_URL))
    return refuse(
      "This installation uses a database of your own (DATABASE_URL). Back it up with its own tools, such as pg_dump, and keep the data directory beside it.",
    );
  const withSecrets = !values["without-secrets"];
  const { files } = await createBackup({
    dataDir: env.RINGBACK_DATA_DIR,
    url: env.DATABASE_URL,
    to,
    withSecrets,
  });
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`${path.resolve(to)}: ${count(files.length)} files, ${formatBytes(bytes)}.`);
  console.log(
    withSecrets
      ? "It holds secrets.json: whoever has this backup can read stored passwords of providers. Keep it like a password."
      : "It holds no secrets.json. Keep that file of the data directory elsewhere: a restore needs it.",
  );
  return 0;
}

/** `backup restore DIR [--overwrite]`: puts a backup into the data directory of a stopped installation. */
export async function restoreBackupCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { overwrite: { type: "boolean" } },
  });
  const [from] = positionals;
  if (!from) return refuse("Say what: npm run ringback -- backup restore DIRECTORY [--overwrite]");
  if (env.DATABASE_URL)
    return refuse(
      "DATABASE_URL names a database of your own. Unset it, or restore there with that database's tools.",
    );
  const restored = await restoreBackup({
    from,
    dataDir: env.RINGBACK_DATA_DIR,
    overwrite: values.overwrite ?? false,
    secretGiven: env.RINGBACK_SECRET !== "",
  });
  const { createdAt, workspaces, customers, sending, movedTo } = restored;
  console.log(
    `Restored as of ${createdAt}: ${count(workspaces)} ${workspaces === 1 ? "workspace" : "workspaces"}, ${count(customers)} customers.`,
  );
  if (movedTo) console.log(`What was here before lies in ${movedTo}. Delete it when you are sure.`);
  return sayStopped(sending);
}

/** `backup recovered`: after a database was brought back with its own tools, to stop sending before anything runs on it. */
export async function recoveredCommand(): Promise<number> {
  const sql = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  try {
    const { workspaces, customers, sending } = await stopSending(sql);
    console.log(
      `${count(workspaces)} ${workspaces === 1 ? "workspace" : "workspaces"}, ${count(customers)} customers.`,
    );
    return sayStopped(sending);
  } finally {
    await sql.end();
  }
}

function sayStopped(sending: string[]): number {
  console.log(
    "Sending is stopped in every workspace: messages that left after that time are not known here any more.",
  );
  if (sending.length > 0)
    console.log(
      `Being sent at that time: ${sending.join(", ")}. Cancel these, or accept that some people get their message twice.`,
    );
  console.log("Start with npm start; then let sending go on under Settings → Sending rules.");
  return 0;
}

/** The embedded server has no password and listens on the loopback interface only. */
const isEmbedded = (url: string): boolean => url.startsWith("postgres://ringback@127.0.0.1:");

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
