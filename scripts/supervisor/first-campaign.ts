import { getCampaign, launchCampaign, listCampaigns } from "@/server/campaigns";
import { bold, clearLine, count, printBar } from "@/server/cli/progress";
import { ended, summarise, watchCampaign } from "@/server/cli/watch-campaign";
import { systemContext } from "@/server/platform/context";

/** The demo's draft is really sent, to the sandbox, the first time: the reader sees the product work before signing in. */
export async function sendFirstCampaign(workspaceId: string): Promise<void> {
  const ctx = systemContext(workspaceId);
  const { rows } = await listCampaigns(ctx, { status: ["draft"] });
  const draft = rows.find(({ name }) => name === "Renewal drive");
  if (!draft) return;
  const { version } = await getCampaign(ctx, { id: draft.id });
  await launchCampaign(ctx, { id: draft.id, version });
  process.stdout.write(`\n  ${bold(draft.name)}: sending to the sandbox inbox\n`);
  const last = await watchCampaign(ctx, draft.id, (figures) =>
    printBar(ended(figures), figures.targeted, figures.perSecond),
  );
  clearLine();
  process.stdout.write(`  ${count(last.targeted)} customers. ${summarise(last)}\n`);
}
