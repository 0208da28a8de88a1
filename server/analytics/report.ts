import { getCampaign } from "@/server/campaigns";
import type { Context } from "@/server/platform/context";
import { type BreakdownRow, campaignBreakdown } from "./breakdown";
import { type CampaignAnalytics, campaignAnalytics } from "./campaign";
import { type Course, campaignCourse } from "./course";

export type Report = {
  name: string;
  analytics: CampaignAnalytics;
  course: Course;
  channels: BreakdownRow[];
  /** Null for members, who need no link. */
  expiresAt: Date | null;
};

/** A campaign's figures on one page, for print. @throws AppError FORBIDDEN, NOT_FOUND */
export async function campaignReport(ctx: Context, { campaignId }: { campaignId: string }): Promise<Report> {
  const { name } = await getCampaign(ctx, { id: campaignId });
  return {
    name,
    analytics: await campaignAnalytics(ctx, { campaignId }),
    course: await campaignCourse(ctx, { campaignId }),
    channels: (await campaignBreakdown(ctx, { campaignId, by: "channel" })).rows,
    expiresAt: null,
  };
}
