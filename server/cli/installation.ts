import path from "node:path";
import { embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import { loadSecrets } from "@/server/platform/installation";

/** Whether the database is the installation's own; else it may serve other machines, too. Known once it is connected. */
export const installation = { embedded: false };

/**
 * Points this process at the installation in the data directory: its secrets, and its database (the running one, else
 * the embedded server is started for the length of the command). Resolves with the way to give it back.
 */
export async function connectInstallation(): Promise<() => Promise<void>> {
  const secrets = loadSecrets(env.RINGBACK_DATA_DIR);
  env.RINGBACK_SECRET ||= secrets.RINGBACK_SECRET;
  if (env.DATABASE_URL) return async () => {};
  installation.embedded = true;
  const server = await startEmbeddedPostgres(path.join(env.RINGBACK_DATA_DIR, "postgres"));
  env.DATABASE_URL = embeddedUrl(server.port, "ringback");
  await migrateDatabase(env.DATABASE_URL);
  return async () => {
    if (!server.adopted) await server.stop();
  };
}
