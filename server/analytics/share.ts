import { parse as parseUuid, stringify } from "uuid";
import { withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { getCampaign } from "@/server/campaigns";
import { campaignEditors } from "@/server/campaigns/status";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole, systemContext } from "@/server/platform/context";
import { isId, parseId } from "@/server/platform/ids";
import { mac, sameBytes } from "@/server/platform/secrets";
import type { BreakdownRow } from "./breakdown";
import { campaignBreakdown } from "./breakdown";
import { type CampaignAnalytics, campaignAnalytics } from "./campaign";
import { type Course, campaignCourse } from "./course";
import { type ShareInput, shareInput } from "./schemas";

const TAG_BYTES = 16;
const ID_BYTES = 16;

type Shared = { workspaceId: string; campaignId: string; expiresAt: Date };

/**
 * An address under which anybody reads one campaign's figures until it expires: no customers, no content, nothing to change.
 * Signed, so that it cannot be guessed or prolonged. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function shareReport(
  ctx: Context,
  input: ShareInput,
): Promise<{ url: string; expiresAt: Date }> {
  requireRole(ctx, ...campaignEditors);
  const { campaignId: asked, days } = shareInput.parse(input);
  const campaignId = parseId(asked);
  await getCampaign(ctx, { id: campaignId });
  return withTransaction(ctx, async (tx) => {
    const now = await readClock(tx);
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    await recordAudit(tx, ctx, {
      action: "campaign.report_shared",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { expiresAt: expiresAt.toISOString() },
    });
    const token = tokenOf({ workspaceId: ctx.workspaceId, campaignId, expiresAt });
    return { url: `${env.RINGBACK_URL.replace(/\/+$/, "")}/report/${token}`, expiresAt };
  });
}

function tokenOf({ workspaceId, campaignId, expiresAt }: Shared): string {
  const body = Buffer.alloc(2 * ID_BYTES + 4);
  body.set(parseUuid(workspaceId), 0);
  body.set(parseUuid(campaignId), ID_BYTES);
  body.writeUInt32BE(Math.floor(expiresAt.getTime() / 1_000), 2 * ID_BYTES);
  return `${body.toString("base64url")}.${tag(body).toString("base64url")}`;
}

const tag = (body: Buffer): Buffer => mac("report-token", body).subarray(0, TAG_BYTES);

/** What a token opens, expired or not; null for anything that `shareReport` did not make. */
export function readShareToken(token: string): Shared | null {
  const [given = "", proof = "", ...rest] = token.split(".");
  const body = Buffer.from(given, "base64url");
  if (rest.length > 0 || body.length !== 2 * ID_BYTES + 4) return null;
  if (!sameBytes(tag(body), Buffer.from(proof, "base64url"))) return null;
  const shared = {
    workspaceId: stringify(body, 0),
    campaignId: stringify(body, ID_BYTES),
    expiresAt: new Date(body.readUInt32BE(2 * ID_BYTES) * 1_000),
  };
  return isId(shared.workspaceId) && isId(shared.campaignId) && tokenOf(shared) === token ? shared : null;
}

export type Report = {
  name: string;
  analytics: CampaignAnalytics;
  course: Course;
  channels: BreakdownRow[];
  /** Null for members, who need no link. */
  expiresAt: Date | null;
};

/** The report behind a link; null when it has expired, or the link is none. */
export async function sharedReport(token: string): Promise<Report | null> {
  const shared = readShareToken(token);
  if (!shared) return null;
  const ctx = systemContext(shared.workspaceId);
  const now = await withTransaction(ctx, (tx) => readClock(tx));
  if (now.getTime() >= shared.expiresAt.getTime()) return null;
  return { ...(await campaignReport(ctx, shared)), expiresAt: shared.expiresAt };
}

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
