import type { ConditionKind } from "./condition";
import { type Fragment, param, q } from "./fragment";
import {
  type ConsentCondition,
  consentChannels,
  consentStates,
  purposes,
  type ReachCondition,
  reachChannels,
  type SegmentCondition,
} from "./model";

export const channelLabels = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp", call: "calls" } as const;

/** What the consent ledger says now. */
export const consentCondition: ConditionKind<ConsentCondition> = {
  problems: ({ channel, purpose, state }) =>
    consentChannels.includes(channel) && purposes.includes(purpose) && consentStates.includes(state)
      ? []
      : [{ at: "value", message: "Choose a channel, a purpose and what the customer said." }],
  toSql: ({ channel, purpose, state }, _, negated) => {
    const entry = (
      and: Fragment,
    ) => q`exists (select from consent_states s where s.workspace_id = c.workspace_id
      and s.customer_id = c.id and s.channel = ${param(channel, "text")} and s.purpose = ${param(purpose, "text")}${and})`;
    const [found, absent] = {
      granted: [entry(q` and s.granted`), false],
      not_granted: [entry(q` and s.granted`), true],
      withdrawn: [entry(q` and not s.granted`), false],
      not_asked: [entry(q``), true],
    }[state] as [Fragment, boolean];
    return absent === negated ? found : q`not ${found}`;
  },
  explain: ({ channel, purpose, state }) => {
    const what = `${purpose === "promotional" ? "promotion" : "service messages"} by ${channelLabels[channel]}`;
    return {
      granted: `who allow ${what}`,
      not_granted: `who do not allow ${what}`,
      withdrawn: `who withdrew their consent to ${what}`,
      not_asked: `who were never asked about ${what}`,
    }[state];
  },
  relative: () => false,
};

// The shapes that the sender takes for an address (server/deliveries/decide.ts), as Postgres writes them.
const MAIL = q`'^[^[:space:]@]+@[^[:space:]@.]+([.][^[:space:]@.]+)+$'`;
const PHONE = q`'^[+](91[6-9][0-9]{9}|(?!91)[1-9][0-9]{6,14})$'`;

/** Has an address that a message can be sent to, and that is not suppressed. Consent is another question. */
export const reachCondition: ConditionKind<ReachCondition> = {
  problems: ({ channel }) =>
    reachChannels.includes(channel) ? [] : [{ at: "value", message: "Choose a channel." }],
  toSql: ({ channel, can }, { suppressed }, negated) => {
    const mail = channel === "email";
    const address = mail ? q`lower(btrim(c.email))` : q`btrim(c.phone)`;
    const listed = param(suppressed.get(channel) ?? [], "text[]");
    const reached = q`(${address} ~ ${mail ? MAIL : PHONE} and length(${address}) <= 254
      and (${address} = any (${listed})) is not true)`;
    return can === negated ? q`${reached} is not true` : reached;
  },
  explain: ({ channel, can }) => `who ${can ? "can" : "cannot"} be reached by ${channelLabels[channel]}`,
  relative: () => false,
};

/** Membership of another segment, by its rule as it stands now; compile.ts puts that rule in place. */
export const segmentCondition: Omit<ConditionKind<SegmentCondition>, "toSql"> = {
  problems: ({ segment }, names) =>
    names.segments.has(segment)
      ? []
      : [
          {
            at: "segment",
            message: segment
              ? "This segment does not exist any more. Choose another one."
              : "Choose a segment.",
          },
        ],
  explain: ({ segment, in: inside }, names) =>
    `who are ${inside ? "" : "not "}in “${names.segments.get(segment) ?? "…"}”`,
  relative: () => false,
};
