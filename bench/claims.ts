import postgres from "postgres";
import { closeDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { env } from "@/env";
import { claimFrom } from "@/server/callbacks/claims";
import { makeRequests } from "@/server/callbacks/testing/requests";
import { throwAwayDatabase } from "@/server/engine/conformance/embedded";
import { newId } from "@/server/platform/ids";

const BACKLOG = 100_000;
const AGENTS = 50;
const CLAIMS = 20_000;
const ROUNDS = 3;

/**
 * Fifty agents who each take the next request as soon as they let go of the last one, on a backlog of 100,000, fsync on.
 * Letting go is one bulk statement beside it, as an outcome would be. Doubles are counted from the log afterwards.
 */
export async function bench(): Promise<Record<string, number>> {
  const database = await throwAwayDatabase();
  await migrateDatabase(database.url);
  env.DATABASE_URL = database.url;
  const owner = postgres(database.url, { max: 2, onnotice: () => undefined });
  const workspaceId = newId();
  await owner`insert into workspaces (id, name, slug) values (${workspaceId}, 'Bench', ${workspaceId})`;
  for (let at = 0; at < BACKLOG; at += 10_000) await makeRequests(owner, workspaceId, 10_000, at);
  await owner`vacuum analyze callback_requests`;
  const agents = Array.from({ length: AGENTS }, () => newId());
  const rounds: { perSecond: number; p99: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const took: number[] = [];
    let left = CLAIMS;
    const began = performance.now();
    await Promise.all(
      agents.map(async (agent) => {
        while (left-- > 0) {
          const asked = performance.now();
          if (!(await claimFrom(workspaceId, agent))) throw new Error("the backlog is empty");
          took.push(performance.now() - asked);
          await letGo(owner, agent);
        }
      }),
    );
    const seconds = (performance.now() - began) / 1_000;
    took.sort((one, other) => one - other);
    rounds.push({ perSecond: took.length / seconds, p99: took[Math.floor(took.length * 0.99)] ?? 0 });
  }
  const [counted] = await owner<{ claims: number; requests: number }[]>`
    select count(*)::int as claims, count(distinct callback_id)::int as requests from callback_activities where kind = 'claimed'`;
  await closeDatabase();
  await owner.end();
  await database.stop();
  const median = rounds.toSorted((one, other) => one.perSecond - other.perSecond)[1];
  return {
    claimsPerSecond: Math.round(median?.perSecond ?? 0),
    p99Ms: Math.round((median?.p99 ?? 0) * 10) / 10,
    doubles: (counted?.claims ?? 0) - (counted?.requests ?? 0),
    claims: counted?.claims ?? 0,
    backlog: BACKLOG,
  };
}

let leaving: { agents: string[]; done: Promise<unknown> } | null = null;

/** Lets go of what agents hold, those of one moment together. */
function letGo(owner: postgres.Sql, agent: string): Promise<unknown> {
  if (leaving) {
    leaving.agents.push(agent);
    return leaving.done;
  }
  const agents = [agent];
  const done = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    leaving = null;
    return owner`delete from callback_holds where membership_id = any(${agents}::uuid[])`;
  });
  leaving = { agents, done };
  return done;
}
