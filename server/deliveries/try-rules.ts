import type { Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import { type RunContent, runContentSchema } from "@/server/campaigns/content";
import { type Context, requireRole } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { formatDate } from "@/server/platform/format";
import { parseId } from "@/server/platform/ids";
import { loadCircumstances } from "./circumstances";
import { countedBefore } from "./counted-before";
import { type ExplainedRule, explainFacts } from "./explain-rules";
import { factsOf } from "./facts-of";
import { loadAsMember, type Reading } from "./load-members";
import { requireReader } from "./require-reader";
import type { TryRulesInput } from "./schemas";

export type TriedRules = {
  /** What the sender would do with a message of this kind at that time. */
  answer: "send" | "hold" | "skip";
  /** For "hold": until when; null until a person has done something. */
  until: Date | null;
  /** The time that was asked about. */
  at: Date;
  rules: ExplainedRule[];
};

/** Rules that look at a message or its campaign: without one they have nothing to say. */
const OF_THE_MESSAGE = new Set(["audience", "budget", "tags", "payments", "channel_rules"]);

/**
 * What the sender's own rules would say about a customer, a channel and a time, before there is any campaign. Counts of
 * earlier messages are those on record now.
 * @throws AppError FORBIDDEN; NOT_FOUND for a foreign customer
 */
export async function tryRules(ctx: Context, input: TryRulesInput): Promise<TriedRules> {
  requireReader(ctx);
  requireRole(ctx, "admin", "marketer", "supervisor");
  const { channel, purpose } = input;
  const customerId = parseId(input.customerId);
  return withHotTransaction(ctx.workspaceId, async (hot) => {
    const { workspaceId } = ctx;
    const circumstances = await loadCircumstances(hot, { workspaceId, campaignId: null, channel });
    const reading: Reading = {
      part: 0,
      runNumber: 0,
      channel,
      kind: "pending",
      content: nothingSaid(purpose),
      circumstances,
    };
    const member = required(await loadAsMember(hot, reading, { customerId }), "customer");
    const at = await askedTime(hot, workspaceId, input.localTime ?? null, member.now);
    const cap = purpose === "promotional" ? circumstances.rules.caps[channel] : null;
    const recently = cap ? await countedBefore(hot, { ctx, customerId, channel, days: cap.days, at }) : 0;
    const { timeZone } = circumstances.workspace;
    const sameDay = formatDate(at.toISOString(), timeZone) === formatDate(member.now.toISOString(), timeZone);
    const then = { ...member, now: at, recently, today: sameDay ? member.today : 0 };
    const facts = factsOf(reading, then, { ok: false, missingTag: "" });
    const rules = explainFacts({ ...facts, missingTag: null, content: null, payments: null }).filter(
      ({ name }) => !OF_THE_MESSAGE.has(name),
    );
    const deciding = rules.find(({ answer }) => answer === "no" || answer === "hold");
    return {
      answer: deciding ? (deciding.answer === "no" ? "skip" : "hold") : "send",
      until: deciding?.until ?? null,
      at,
      rules,
    };
  });
}

/** The asked local time as an instant; times inside a clock change as Postgres reads them. */
async function askedTime(sql: Sql, workspaceId: string, localTime: string | null, now: Date): Promise<Date> {
  if (localTime === null) return now;
  const [row] = await sql<{ at: Date }[]>`
    select ${localTime}::timestamp at time zone time_zone as at from workspaces where id = ${workspaceId}`;
  return required(row, "workspace").at;
}

/** A run that says nothing: only its purpose counts. */
const nothingSaid = (purpose: "promotional" | "service"): RunContent =>
  runContentSchema.parse({
    ...{ category: "none", purpose, channels: [], languages: ["en"], bodies: {}, fallbacks: {} },
    ...{ companyName: "", fromName: "" },
  });
