import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { type EmbeddedPostgres, embeddedUrl, startEmbeddedPostgres } from "@/db/embedded";
import { migrateDatabase } from "@/db/migrate";
import { makeWorkspace } from "@/db/testing/factories";
import { env } from "@/env";
import { freezeRun } from "@/server/deliveries/freeze-run";
import { type LaunchedCampaign, makeLaunchedCampaign } from "@/server/deliveries/testing/campaign";
import { type SinkProcess, spawnSink } from "@/server/deliveries/testing/spawn-sink";
import { systemContext } from "@/server/platform/context";
import type { Trial } from "./trial";

export type Arranged = {
  dir: string;
  /** Another one after each crash. */
  postgres: EmbeddedPostgres;
  sink: SinkProcess;
  workspaceId: string;
  campaign: LaunchedCampaign;
  /** Recipients whom the mail server refuses for good. */
  gone: number;
  stop: () => Promise<void>;
};

/** One customer of so many has an address that does not exist. None for the wrong sender: its kills alone have to betray it. */
const goneEach = (way: Trial["way"], size: number) => (way === "right" ? 500 : size + 1);

/** A database with fsync on, a mail server that notes what it takes, and a frozen campaign. */
export async function arrange({ size, seed, onUnknown, way }: Trial): Promise<Arranged> {
  const gone = goneEach(way, size);
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "ringback-chaos-"));
  // Postgres runs as another account when we are root: it has to be able to enter.
  fs.chmodSync(dir, 0o755);
  const server = await startEmbeddedPostgres(path.join(dir, "postgres"), {});
  env.DATABASE_URL = embeddedUrl(server.port, "postgres");
  env.RINGBACK_DATA_DIR = dir;
  env.RINGBACK_SECRET = "a secret of the chaos alone";
  await migrateDatabase(env.DATABASE_URL);
  const sink = await spawnSink({ logPath: path.join(dir, "taken.log"), seed });
  env.SMTP_URL = sink.url;
  const owner = postgres(env.DATABASE_URL, { max: 1, onnotice: () => undefined });
  const workspaceId = await makeWorkspace(owner, "Chaos");
  await owner`
    with audience as (
      insert into customers (id, workspace_id, external_id, name, email)
      select gen_random_uuid(), ${workspaceId}, n::text, 'Customer ' || n,
        'customer' || n || case when n % ${gone}::int = 0 then '.gone' else '' end || '@example.test'
      from generate_series(1, ${size}::int) n returning id)
    insert into consent_states (workspace_id, customer_id, channel, purpose, granted)
    select ${workspaceId}, id, 'email', 'service', true from audience`;
  await owner`vacuum analyze customers, consent_states`;
  const campaign = await makeLaunchedCampaign(owner, workspaceId, { onUnknown });
  await freezeRun(systemContext(workspaceId), campaign);
  await owner.end();
  const arranged: Arranged = {
    dir,
    postgres: server,
    sink,
    workspaceId,
    campaign,
    gone: Math.floor(size / gone),
    stop: async () => {
      await sink.stop();
      await arranged.postgres.stop();
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
  return arranged;
}
