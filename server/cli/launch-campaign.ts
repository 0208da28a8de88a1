import { sql } from "drizzle-orm";
import { withTransaction } from "@/db/transaction";
import { getCampaign, launchCampaign } from "@/server/campaigns";
import { systemContext } from "@/server/platform/context";
import { isId } from "@/server/platform/ids";
import { printBar } from "./progress";
import { ended, summarise, watchCampaign } from "./watch-campaign";

/** `campaign launch ID [--watch]`: launches a draft as the system; with --watch follows it to its end. */
export async function launch(args: string[]): Promise<number> {
  const id = args.find((arg) => !arg.startsWith("--")) ?? "";
  const workspaceId = isId(id) ? await workspaceOf(id) : null;
  if (!workspaceId) {
    console.error("There is no campaign with this id. Copy it from the campaign's address in the browser.");
    return 2;
  }
  const ctx = systemContext(workspaceId);
  const { version } = await getCampaign(ctx, { id });
  await launchCampaign(ctx, { id, version });
  console.log("Launched.");
  if (!args.includes("--watch")) return 0;
  const last = await watchCampaign(ctx, id, (figures) =>
    printBar(ended(figures), figures.targeted, figures.perSecond),
  );
  console.log(`\n${summarise(last)}`);
  return 0;
}

async function workspaceOf(campaignId: string): Promise<string | null> {
  const [row] = await withTransaction({ workspaceId: null }, (tx) =>
    tx.execute<{ id: string | null }>(sql`select workspace_of_campaign(${campaignId}::uuid) as id`),
  );
  return row?.id ?? null;
}
