import { parseArgs } from "node:util";
import postgres from "postgres";
import { env } from "@/env";
import { loadSecrets, newSecret, writeSecrets } from "@/server/platform/installation";
import { rotateSecrets } from "@/server/secrets";
import { installation } from "./installation";
import { count } from "./progress";

const MACHINES =
  "The database is given by DATABASE_URL, so other machines may work with it, and they would not see a key that is kept in this one's data directory. With several machines give every process ENCRYPTION_SECRET and ENCRYPTION_SECRET_PREVIOUS first (docs/operations.md, Secrets). If this is the only machine: secret rotate --only-machine.";

/**
 * `secret rotate [--sessions | --only-machine]`: a new key for stored secrets, or a new secret for people's sessions. Refused
 * where the new key would be known to one of several machines.
 */
export async function rotateSecretsCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { sessions: { type: "boolean" }, "only-machine": { type: "boolean" } },
  });
  if (values.sessions) return rotateSessions();
  if (!values["only-machine"] && !env.ENCRYPTION_SECRET && !installation.embedded) {
    console.error(MACHINES);
    return 1;
  }
  return rotateStored();
}

async function rotateStored(): Promise<number> {
  const owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => {} });
  try {
    const { rows, unreadable, finished } = await rotateSecrets({
      owner,
      dataDir: env.RINGBACK_DATA_DIR,
      onBatch: (done) => process.stdout.write(`${count(done)} re-encrypted\n`),
    });
    console.log(`Every stored secret is encrypted with the new key (${count(rows)} in this run).`);
    for (const place of unreadable)
      console.log(`Neither key opens ${place}: it was lost before. Enter it again in the product.`);
    console.log(
      finished
        ? "The old key is refused now. Make a new backup: older ones hold the old key, and need it."
        : "Now take ENCRYPTION_SECRET_PREVIOUS out of the environment of every process, and start them again.",
    );
    return 0;
  } finally {
    await owner.end();
  }
}

function rotateSessions(): number {
  if (env.NEXTAUTH_SECRET) {
    console.error(
      "NEXTAUTH_SECRET is set in the environment: change it there, and start the web process again.",
    );
    return 1;
  }
  writeSecrets(env.RINGBACK_DATA_DIR, {
    ...loadSecrets(env.RINGBACK_DATA_DIR),
    NEXTAUTH_SECRET: newSecret(),
  });
  console.log("Stop Ringback and start it again: then everybody signs in anew.");
  return 0;
}
