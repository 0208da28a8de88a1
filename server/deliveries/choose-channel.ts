import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import { addressOn, addressPatterns, suppressedAddresses } from "@/server/consent";
import type { Context } from "@/server/platform/context";

type Choice = { channels: readonly Channel[]; purpose: "promotional" | "service"; within: SQL };

/**
 * The channel that each customer of an audience gets: the first of the campaign's order with a valid address that is not
 * suppressed and with consent, else the first with an address, else the first. It is chosen once; the rules are asked
 * again when the message goes. Rows of (id, channel, address, granted, stopped), over `customers`.
 */
export async function channelChoice(
  tx: Transaction,
  ctx: Context,
  { channels, purpose, within }: Choice,
): Promise<SQL> {
  const consent = (channel: Channel) => sql.identifier(`consent_${channel}`);
  const joins = channels.map(
    (
      channel,
    ) => sql`left join consent_states ${consent(channel)} on ${consent(channel)}.workspace_id = customers.workspace_id
      and ${consent(channel)}.customer_id = customers.id and ${consent(channel)}.channel = ${channel}
      and ${consent(channel)}.purpose = ${purpose}`,
  );
  const preferred: SQL[] = [];
  const [only] = channels;
  if (channels.length > 1)
    for (const channel of channels) {
      const suppressed = await suppressedAddresses(tx, ctx, { channel, within, purpose });
      const granted = sql`${consent(channel)}.granted`;
      const allowed = purpose === "promotional" ? sql`${granted}` : sql`coalesce(${granted}, ${hasPolicy})`;
      preferred.push(sql`when ${addressOn(channel)} ~ ${addressPatterns[channel]} and ${allowed}
        and ${addressOn(channel)} <> all(${sql.param(suppressed)}::text[]) then ${channel}::text`);
    }
  const reachable = channels.map(
    (channel) => sql`when ${addressOn(channel)} ~ ${addressPatterns[channel]} then ${channel}::text`,
  );
  const chosen =
    channels.length > 1
      ? sql`case ${sql.join([...preferred, ...reachable], sql` `)} else ${only}::text end`
      : sql`${only ?? "email"}::text`;
  const of = (value: (channel: Channel) => SQL) =>
    channels.length > 1
      ? sql`case c.channel ${sql.join(
          channels.map((channel) => sql`when ${channel} then ${value(channel)}`),
          sql` `,
        )} end`
      : value(only ?? "email");
  return sql`
    select customers.id, c.channel, ${of(addressOn)} as address,
      ${of((channel) => sql`${consent(channel)}.granted`)} as granted, customers.stop_state is not null as stopped
    from customers ${sql.join(joins, sql` `)} cross join lateral (select ${chosen} as channel) c
    where ${within}`;
}

const hasPolicy = sql`exists (select from policies p where p.workspace_id = customers.workspace_id and p.customer_id = customers.id)`;
