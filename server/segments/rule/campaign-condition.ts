import { reasonLabel } from "@/server/deliveries/status";
import { type ConditionKind, isRelative, sayer } from "./condition";
import { type Fragment, param, q } from "./fragment";
import { type CampaignCondition, type Interaction, interactions } from "./model";
import { insideWindow, whenProblems, whenWords, windowOf } from "./when";

/** What was said about an interaction: "were sent …", and "were not sent …". */
const words: Record<Interaction, [did: string, not: string]> = {
  sent: ["were sent", "were not sent"],
  delivered: ["received", "did not receive"],
  opened: ["opened", "did not open"],
  clicked: ["clicked in", "did not click in"],
  replied: ["replied to", "did not reply to"],
  converted: ["converted after", "did not convert after"],
  failed: ["could not be reached by", "could be reached by"],
  skipped: ["were left out of", "were not left out of"],
};

const report = (kinds: Fragment, inside: (at: Fragment) => Fragment): Fragment =>
  q`exists (select from delivery_events d where d.part = e.part and d.run_number = e.run_number and d.seq = e.seq
    and d.kind in (${kinds}) and not d.machine and ${inside(q`d.occurred_at`)})`;

const result = (states: Fragment, inside: (at: Fragment) => Fragment): Fragment =>
  q`exists (select from execution_results r where r.part = e.part and r.run_number = e.run_number and r.seq = e.seq
    and r.state in (${states}) and ${inside(q`r.at`)})`;

type Message = Exclude<Interaction, "converted" | "failed" | "skipped">;

/**
 * Messages that ended so, in the ledger's results or a provider's report, for one of its reasons or any. One that failed and
 * was delivered after all did not: a message's state is the highest of all that is known of it.
 */
const ended = (
  state: string,
  reason: string | null,
  inside: (at: Fragment) => Fragment,
): Fragment => q`exists (
  select from execution_outcomes o where o.part = e.part and o.run_number = e.run_number and o.seq = e.seq
    and o.state = ${param(state, "text")} and ${inside(q`o.at`)}${reason === null ? q`` : q` and o.reason = ${param(reason, "text")}`}
    and not exists (select from execution_outcomes h where h.part = e.part and h.run_number = e.run_number and h.seq = e.seq
      and execution_state_rank(h.state) > execution_state_rank(o.state)))`;

/** By the definitions of the analytics: people only, and a message that bounced was not delivered. */
const happened: Record<Message, (inside: (at: Fragment) => Fragment) => Fragment> = {
  sent: (inside) => result(q`'sent', 'delivered'`, inside),
  delivered: (inside) =>
    q`(${result(q`'delivered'`, inside)} or ${report(q`'delivered', 'read'`, inside)})
      and not ${report(q`'bounced'`, () => q`true`)}`,
  opened: (inside) => report(q`'opened', 'read'`, inside),
  clicked: (inside) => report(q`'clicked'`, inside),
  replied: (inside) => report(q`'replied'`, inside),
};

/** What became of the messages of one campaign, or of any. */
export const campaignCondition: ConditionKind<CampaignCondition> = {
  problems: ({ interaction, campaign, when }, names) => [
    ...(interactions.includes(interaction) ? [] : [{ at: "interaction", message: "Choose what happened." }]),
    ...(campaign === null || names.campaigns.has(campaign)
      ? []
      : [{ at: "campaign", message: "This campaign does not exist any more. Choose another one." }]),
    ...whenProblems(when),
  ],
  toSql: ({ interaction, did, campaign, when, reason = null }, world, negated) => {
    const not = did === negated;
    const window = windowOf(when, world);
    if (interaction === "converted") {
      const credited =
        campaign === null ? q`v.campaign_id is not null` : q`v.campaign_id = ${param(campaign, "uuid")}`;
      const found = q`exists (select from conversions v where v.workspace_id = c.workspace_id and v.customer_id = c.id
        and v.discounted_for is null and ${credited} and ${insideWindow(q`v.occurred_at`, window, world)})`;
      return not ? q`not ${found}` : found;
    }
    const runs = campaign === null ? null : world.runs.get(campaign);
    // A campaign that never ran did nothing to anybody.
    if (runs === undefined || runs?.runs.length === 0) return not ? q`true` : q`false`;
    const named = runs
      ? q` and e.part = any (${param(runs.parts, "int[]")}) and e.run_number = any (${param(runs.runs, "bigint[]")})`
      : q``;
    const found = q`exists (select from executions e where e.workspace_id = c.workspace_id and e.customer_id = c.id${named}
      and ${
        interaction === "failed" || interaction === "skipped"
          ? ended(interaction, reason, (at) => insideWindow(at, window, world))
          : happened[interaction]((at) => insideWindow(at, window, world))
      })`;
    return not ? q`not ${found}` : found;
  },
  explain: ({ interaction, did, campaign, when, reason = null }, names) => {
    const name = campaign === null ? "any campaign" : `“${names.campaigns.get(campaign) ?? "…"}”`;
    const [positive, negative] = words[interaction];
    const why = reason === null ? "" : ` (${reasonLabel(reason).toLowerCase()})`;
    return `who ${did ? positive : negative} ${name}${why}${whenWords(when, sayer(names, { type: "text" }))}`;
  },
  relative: ({ when }) => when !== null && isRelative(when),
};
