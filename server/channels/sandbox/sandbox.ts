import { hotSql } from "@/db/client";
import { newId } from "@/server/platform/ids";
import {
  type ChannelAdapter,
  isMail,
  type MessageContent,
  type OutboundMessage,
  type SendOutcome,
} from "../adapter";
import { extraHeaders, messageId } from "../headers";
import type { Channel } from "../status";
import type { Refusal } from "./refusals";
import type { Script } from "./script";

const DELIVERED: SendOutcome = { kind: "accepted", delivered: true, providerMessageId: null };

/**
 * Delivers to the inbox inside the app, as whole batches. A public id is delivered once however often it is sent, so a
 * crash is repaired by sending again. `refuse` is asked for each message before; what `script` says of those that are
 * delivered is planned with them. Database errors are thrown: nothing was delivered then.
 */
export function sandboxAdapter(
  channel: Channel,
  refuse: Refusal = () => null,
  script: Script = () => [],
): ChannelAdapter {
  return {
    name: "sandbox",
    idempotent: true,
    limits: { connections: 4, perSecond: null },
    send: async (workspaceId, messages, hooks) => {
      let started = 0;
      while (started < messages.length && hooks.start(started)) started++;
      const outcomes = messages.map(
        (message, index): SendOutcome =>
          index < started ? (refuse(message) ?? DELIVERED) : { kind: "not_started" },
      );
      await deliver(
        { workspaceId, channel, script },
        messages.filter((_, index) => outcomes[index] === DELIVERED),
      );
      for (const [index, outcome] of outcomes.entries()) hooks.finish(index, outcome);
      return outcomes;
    },
    close: async () => {},
  };
}

type Delivery = { workspaceId: string; channel: Channel; script: Script };

async function deliver(
  { workspaceId, channel, script }: Delivery,
  messages: OutboundMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  const acts = messages.flatMap((message) =>
    script(message).map((act) => ({ ...act, publicId: message.publicId })),
  );
  const column = <T>(of: (message: OutboundMessage) => T): T[] => messages.map(of);
  const mail = (message: OutboundMessage) => (isMail(message) ? message : null);
  const sender = (message: OutboundMessage) => {
    const from = mail(message)?.content.from;
    return from ? `${from.name} <${from.address}>` : "";
  };
  const headers = (message: OutboundMessage) => {
    const asMail = mail(message);
    return JSON.stringify(asMail ? { "Message-ID": messageId(asMail), ...extraHeaders(asMail) } : {});
  };
  // One statement, which sets the workspace before the first row of it is made: a transaction around it would cost two trips more.
  await hotSql()`
      with bound as materialized (select set_config('app.workspace_id', ${workspaceId}, true)::uuid as workspace_id),
      delivered as (
        insert into sandbox_messages (id, workspace_id, public_id, kind, channel, campaign_id, customer_id, from_address,
          to_address, to_name, subject, html, text, headers, content)
        select m.id, bound.workspace_id, m.public_id, m.kind, ${channel}, m.campaign_id, m.customer_id, m.from_address,
          m.to_address, m.to_name, m.subject, m.html, m.text, m.headers::jsonb, m.content::jsonb
        from bound cross join unnest(
          ${column(() => newId())}::uuid[], ${column((m) => m.publicId)}::text[], ${column((m) => m.kind)}::text[],
          ${column((m) => m.campaignId)}::uuid[], ${column((m) => m.customerId)}::uuid[],
          ${column(sender)}::text[], ${column((m) => m.to.address)}::text[],
          ${column((m) => m.to.name)}::text[], ${column((m) => mail(m)?.content.subject ?? "")}::text[], ${column((m) => mail(m)?.content.html ?? null)}::text[],
          ${column((m) => m.content.text)}::text[], ${column(headers)}::text[],
          ${column((m) => JSON.stringify(shownBeside(m.content)))}::text[]
        ) as m(id, public_id, kind, campaign_id, customer_id, from_address, to_address, to_name, subject, html, text, headers, content)
        on conflict (public_id) do nothing returning id, public_id)
      insert into sandbox_acts (message_id, workspace_id, kind, link, reply, button, due_at)
      select d.id, ${workspaceId}, a.kind, a.link, a.reply, a.button, clock_now() + a."afterSeconds" * interval '1 second'
      from jsonb_to_recordset(${JSON.stringify(acts)}::text::jsonb)
        as a("publicId" text, kind text, link smallint, reply text, button boolean, "afterSeconds" float8)
      join delivered d on d.public_id = a."publicId"`;
}

/** What a reader sees beside subject and words, and what the provider would have been told. */
function shownBeside(content: MessageContent): Record<string, unknown> {
  switch (content.channel) {
    case "email":
      return { attachments: content.attachments };
    case "sms":
      return { parts: content.parts, dlt: content.dlt };
    case "whatsapp":
      return { template: content.template };
  }
}
