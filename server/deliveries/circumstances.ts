import type { Sql } from "postgres";
import type { FallBack } from "@/server/campaigns/content";
import type { Audience } from "@/server/campaigns/schemas";
import { type Account, accountFor, priceTable } from "@/server/channels";
import type { Channel } from "@/server/channels/status";
import { countryOfLocale } from "@/server/platform/country";
import { HoursTable, loadRules, readHours } from "@/server/sending-rules";
import type { SendingRules } from "@/server/sending-rules/schemas";

/** What of the workspace and the campaign decides about every message alike. A sender reads it again every few seconds. */
export type Circumstances = {
  /** On this process's monotonic clock (ms). */
  readAt: number;
  account: Account;
  rules: SendingRules;
  hours: HoursTable;
  /** What a message costs now, tax included (micro-units); null where no price is known. */
  priceOf: (category: string, country: string | null) => bigint | null;
  /** Approval of the WhatsApp templates that the content has chosen, by name and language. */
  approvals: ReadonlyMap<string, string>;
  campaign: {
    id: string;
    audience: Audience;
    recheckAudience: boolean;
    fallBack: FallBack | null;
    /** Micro-units; null: no limit. `reserved` is what went or is on its way. */
    budget: bigint | null;
    reserved: bigint;
    /** What it says is the matter; null once whoever sends has taken care of it. */
    failure: string | null;
  };
  workspace: {
    id: string;
    timeZone: string;
    locale: string;
    currency: string;
    country: string;
    stopped: boolean;
    /** Hours since the payments data was brought up to date; null when none was ever imported. */
    paymentsAgeHours: number | null;
  };
};

type Row = {
  audience: Audience;
  recheck: boolean;
  fall_back: FallBack | null;
  budget: string | null;
  reserved: string;
  failure: string | null;
  time_zone: string;
  locale: string;
  currency: string;
  stopped: boolean;
  payments_age: number | null;
  today: string;
};

/**
 * Reads the circumstances of a campaign's messages on a channel, in the workspace's transaction. `campaignId` null: those of
 * any message, before there is a campaign.
 */
export async function loadCircumstances(
  sql: Sql,
  of: { workspaceId: string; campaignId: string | null; channel: Channel },
): Promise<Circumstances> {
  const { workspaceId, campaignId, channel } = of;
  // What does not wait for another answer travels together.
  const [[row], account, rules, hours] = await Promise.all([
    sql<Row[]>`
    select coalesce(c.audience, '{"kind": "all"}') as audience, coalesce(c.recheck_audience, false) as recheck, c.fall_back, c.failure, c.budget_micros::text as budget,
      coalesce(s.reserved_micros, 0)::text as reserved, w.time_zone, w.locale, w.currency,
      w.sending_stopped_at is not null as stopped,
      extract(epoch from clock_now() - w.payments_as_of)::float8 / 3600 as payments_age,
      (clock_now() at time zone w.time_zone)::date::text as today
    from workspaces w left join campaigns c on c.id = ${campaignId} and c.workspace_id = w.id
    left join campaign_spend s on s.campaign_id = c.id
    where w.id = ${workspaceId} and (${campaignId}::uuid is null or c.id is not null)`,
    accountFor(sql, workspaceId, channel),
    loadRules(sql, workspaceId),
    readHours(sql, workspaceId),
  ]);
  if (!row) throw new Error("the campaign vanished");
  const [prices, approvals] = await Promise.all([
    priceTable(sql, { workspaceId, channel, provider: account.provider, on: row.today }),
    channel === "whatsapp" ? readApprovals(sql, account.accountId) : new Map<string, string>(),
  ]);
  const country = countryOfLocale(row.locale);
  return {
    readAt: performance.now(),
    account,
    rules,
    hours: new HoursTable(hours, country),
    priceOf: (category, recipient) => {
      const price = prices(category, recipient ?? country);
      // Budgets and costs are in the workspace's currency; a price in another one is none.
      return price?.currency === row.currency ? price.grossMicros : null;
    },
    approvals,
    campaign: {
      id: campaignId ?? "",
      audience: row.audience,
      recheckAudience: row.recheck,
      fallBack: row.fall_back,
      budget: row.budget === null ? null : BigInt(row.budget),
      reserved: BigInt(row.reserved),
      failure: row.failure,
    },
    workspace: {
      id: workspaceId,
      timeZone: row.time_zone,
      locale: row.locale,
      currency: row.currency,
      country,
      stopped: row.stopped,
      paymentsAgeHours: row.payments_age,
    },
  };
}

async function readApprovals(sql: Sql, accountId: string): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; language: string; approval: string }[]>`
    select name, language, approval from whatsapp_templates where account_id = ${accountId}`;
  return new Map(rows.map(({ name, language, approval }) => [`${name} ${language}`, approval]));
}
