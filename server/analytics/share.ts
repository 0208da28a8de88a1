import { sql } from "drizzle-orm";
import { reportLinks } from "@/db/schema/analytics";
import { type Transaction, withTransaction } from "@/db/transaction";
import { env } from "@/env";
import { getCampaign } from "@/server/campaigns";
import { campaignEditors } from "@/server/campaigns/status";
import { recordAudit } from "@/server/platform/audit";
import { readClock } from "@/server/platform/clock";
import { type Context, requireRole, systemContext } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { newId, parseId } from "@/server/platform/ids";
import { campaignReport, type Report } from "./report";
import { readReportToken, reportToken } from "./report-token";
import { type ShareInput, shareInput } from "./schemas";

/** Links of one campaign that are listed. */
const MOST_LINKS = 50;

export type ReportLink = {
  id: string;
  url: string;
  byName: string;
  createdAt: Date;
  expiresAt: Date;
};

/**
 * An address under which anybody reads one campaign's figures until it expires or is taken back: no customers, no content,
 * nothing to change. Signed, so that it cannot be guessed. @throws AppError FORBIDDEN, NOT_FOUND
 */
export async function shareReport(
  ctx: Context,
  input: ShareInput,
): Promise<{ url: string; expiresAt: Date }> {
  requireRole(ctx, ...campaignEditors);
  const { campaignId: asked, days } = shareInput.parse(input);
  const campaignId = parseId(asked);
  await getCampaign(ctx, { id: campaignId });
  const id = newId();
  return withTransaction(ctx, async (tx) => {
    const now = await readClock(tx);
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    await tx.insert(reportLinks).values({
      ...{ id, workspaceId: ctx.workspaceId, campaignId, expiresAt },
      createdBy: required(ctx.userId, "member"),
    });
    await recordAudit(tx, ctx, {
      action: "campaign.report_shared",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { link: id, expiresAt: expiresAt.toISOString() },
    });
    return { url: urlOf({ workspaceId: ctx.workspaceId, linkId: id }), expiresAt };
  });
}

const urlOf = (link: Parameters<typeof reportToken>[0]): string =>
  `${env.RINGBACK_URL}/report/${reportToken(link)}`;

/** A campaign's links that still open, the newest first. @throws AppError FORBIDDEN, NOT_FOUND */
export async function listReportLinks(
  ctx: Context,
  { campaignId: asked }: { campaignId: string },
): Promise<ReportLink[]> {
  requireRole(ctx, ...campaignEditors);
  const campaignId = parseId(asked);
  await getCampaign(ctx, { id: campaignId });
  return withTransaction(ctx, async (tx) => {
    const rows = await tx.execute<{ id: string; byName: string; createdAt: string; expiresAt: string }>(sql`
      select l.id, coalesce(u.name, '') as "byName", l.created_at as "createdAt", l.expires_at as "expiresAt"
      from report_links l left join users u on u.id = l.created_by
      where l.workspace_id = ${ctx.workspaceId} and l.campaign_id = ${campaignId} and ${opens}
      order by l.id desc limit ${MOST_LINKS}`);
    return rows.map(({ createdAt, expiresAt, ...link }) => ({
      ...link,
      url: urlOf({ workspaceId: ctx.workspaceId, linkId: link.id }),
      createdAt: new Date(createdAt),
      expiresAt: new Date(expiresAt),
    }));
  });
}

const opens = sql`l.revoked_at is null and l.expires_at > (select clock_now())`;

/** Takes a link back: from now on it opens nothing. @throws AppError FORBIDDEN, NOT_FOUND (also one that was taken back) */
export async function revokeReportLink(ctx: Context, { id: asked }: { id: string }): Promise<void> {
  requireRole(ctx, ...campaignEditors);
  const id = parseId(asked);
  await withTransaction(ctx, async (tx) => {
    const [row] = await tx.execute<{ campaignId: string }>(sql`
      update report_links set revoked_at = clock_now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and revoked_at is null returning campaign_id as "campaignId"`);
    const { campaignId } = required(row, "link");
    await recordAudit(tx, ctx, {
      action: "campaign.report_link_revoked",
      subjectType: "campaign",
      subjectId: campaignId,
      after: { link: id },
    });
  });
}

/** The report behind a link; null when it has expired, was taken back, or is none. */
export async function sharedReport(token: string): Promise<Report | null> {
  const named = readReportToken(token);
  if (!named) return null;
  const ctx = systemContext(named.workspaceId);
  const link = await withTransaction(ctx, (tx) => findOpen(tx, ctx, named.linkId));
  return link && { ...(await campaignReport(ctx, link)), expiresAt: new Date(link.expiresAt) };
}

async function findOpen(tx: Transaction, ctx: Context, id: string) {
  const [row] = await tx.execute<{ campaignId: string; expiresAt: string }>(sql`
    select l.campaign_id as "campaignId", l.expires_at as "expiresAt" from report_links l
    where l.workspace_id = ${ctx.workspaceId} and l.id = ${id} and ${opens}`);
  return row ?? null;
}
