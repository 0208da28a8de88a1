import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { ownContent, type RunContent, runContentSchema } from "@/server/campaigns/content";
import { compileBodies } from "@/server/templates";

/** What following a link needs of a run's content. */
export type TrackedRun = { workspaceId: string; campaignId: string; links: string[]; companyName: string };

// Runs never change after launch, so what was read once stays true; bounded, oldest out first.
const MOST_KEPT = 500;
const workspaces = new Map<number, string>();
const runs = new Map<number, TrackedRun>();

/** The workspace of the run with this number, or null when there is none. */
export async function workspaceOf(runNumber: number): Promise<string | null> {
  const known = workspaces.get(runNumber);
  if (known) return known;
  const [row] = await hotSql()<{ workspace: string | null }[]>`
    select workspace_of_run(${runNumber}) as workspace`;
  return row?.workspace ? keep(workspaces, runNumber, row.workspace) : null;
}

/** The run with this number and the links of its content, or null when there is none. */
export async function runOf(runNumber: number): Promise<TrackedRun | null> {
  const known = runs.get(runNumber);
  if (known) return known;
  const workspaceId = await workspaceOf(runNumber);
  if (!workspaceId) return null;
  const [row] = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ campaign_id: string; content: unknown }[]>`
      select campaign_id, content from campaign_runs where number = ${runNumber}`,
  );
  if (!row) return null;
  const content = runContentSchema.parse(row.content);
  return keep(runs, runNumber, {
    workspaceId,
    campaignId: row.campaign_id,
    links: linksOf(content),
    companyName: content.companyName,
  });
}

/** Of the first message, then of each follow-up with words of its own: as their numbers begin (`linkBase`). */
function linksOf(content: RunContent): string[] {
  const followed = content.followUps.flatMap((follow) => {
    const own = ownContent(content, follow);
    return own ? compileBodies(own).links : [];
  });
  return [...compileBodies(content).links, ...followed];
}

function keep<T>(store: Map<number, T>, runNumber: number, value: T): T {
  const [oldest] = store.keys();
  if (store.size >= MOST_KEPT && oldest !== undefined) store.delete(oldest);
  store.set(runNumber, value);
  return value;
}
