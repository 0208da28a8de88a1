import { eq, sql } from "drizzle-orm";
import { campaignChecks, campaigns } from "@/db/schema/campaigns";
import { withTransaction } from "@/db/transaction";
import { reasonLabel } from "@/server/deliveries/status";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { CSV_MARK, csvLine } from "@/server/platform/csv";
import { required } from "@/server/platform/errors";
import { requireOwnBook } from "./book";
import { type CheckVerdict, checkVerdicts } from "./status";
import { oneCampaign, requireVerb } from "./transition";

const ROWS_A_PAGE = 1_000;

type Exported = { id: string; verdict: CheckVerdict | null; reason: string | null };
type Row = {
  place: number;
  externalId: string | null;
  name: string;
  channel: string;
  verdict: CheckVerdict;
  reason: string | null;
  detail: string | null;
  until: string | null;
};

/** Which outcome of a check an address asks for; without a known one all of them. */
export function checkExportOf(query: URLSearchParams): {
  verdict: CheckVerdict | null;
  reason: string | null;
} {
  const verdicts = Object.keys(checkVerdicts) as CheckVerdict[];
  return {
    verdict: verdicts.find((each) => each === query.get("verdict")) ?? null,
    reason: query.get("reason")?.slice(0, 60) ?? null,
  };
}

/**
 * What the last check said about each customer as CSV, in the order of the send, one outcome or all of them. The audit log says
 * who took it away. @throws AppError FORBIDDEN, NOT_FOUND, before the first piece
 */
export async function exportCheck(
  ctx: Context,
  { id, verdict, reason }: Exported,
): Promise<{ name: string; content: AsyncGenerator<string> }> {
  requireVerb(ctx, "update");
  const { checkId, campaign } = await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ checkId: campaignChecks.id, campaign: campaigns })
      .from(campaigns)
      .innerJoin(campaignChecks, eq(campaignChecks.campaignId, campaigns.id))
      .where(oneCampaign(ctx, id, "update"));
    const check = required(found, "check");
    requireOwnBook(ctx, check.campaign);
    await recordAudit(tx, ctx, {
      action: "campaign.check_exported",
      subjectType: "campaign",
      subjectId: id,
      after: { verdict, reason },
    });
    return check;
  });
  const read = (after: number) =>
    withTransaction(ctx, (tx) =>
      tx.execute<Row>(sql`
        select s.place, c.external_id as "externalId", coalesce(c.name, '') as name, s.channel, s.verdict, s.reason,
          s.detail, to_json(s.until) #>> '{}' as until
        from campaign_check_customers s left join customers c on c.id = s.customer_id
        where s.check_id = ${checkId} and s.workspace_id = ${ctx.workspaceId} and s.place > ${after}
          and s.verdict is not null and (${verdict}::text is null or s.verdict = ${verdict})
          and (${reason}::text is null or s.reason = ${reason})
        order by s.place limit ${ROWS_A_PAGE}`),
    );
  async function* content(): AsyncGenerator<string> {
    yield CSV_MARK + csvLine(["external_id", "name", "channel", "outcome", "reason", "detail", "not_before"]);
    for (let after = 0; ; ) {
      const rows = await read(after);
      const lines = rows.map((row) =>
        csvLine([
          row.externalId ?? "",
          row.name,
          row.channel,
          checkVerdicts[row.verdict].label,
          row.reason ? reasonLabel(row.reason) : "",
          row.detail ?? "",
          row.until ?? "",
        ]),
      );
      if (lines.length > 0) yield lines.join("");
      after = rows.at(-1)?.place ?? after;
      if (rows.length < ROWS_A_PAGE) return;
    }
  }
  return { name: `${campaign.name} pre-flight.csv`, content: content() };
}
