import { getCampaign } from "@/server/campaigns";
import type { Context } from "@/server/platform/context";
import { type CampaignAnalytics, campaignAnalytics } from "./campaign";
import { type CompareInput, compareInput } from "./schemas";

export type Compared = { id: string; name: string; launchedAt: Date | null; analytics: CampaignAnalytics };

/** The figures of up to four campaigns, in the order asked for. @throws AppError FORBIDDEN, NOT_FOUND */
export async function compareCampaigns(ctx: Context, input: CompareInput): Promise<Compared[]> {
  const { campaigns } = compareInput.parse(input);
  const compared: Compared[] = [];
  for (const id of [...new Set(campaigns)]) {
    const { name, launchedAt } = await getCampaign(ctx, { id });
    compared.push({ id, name, launchedAt, analytics: await campaignAnalytics(ctx, { campaignId: id }) });
  }
  return compared;
}
