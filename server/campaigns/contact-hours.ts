import { withHotTransaction } from "@/db/transaction";
import type { Channel } from "@/server/channels/status";
import type { Context } from "@/server/platform/context";
import { countryOfLocale } from "@/server/platform/country";
import { HoursTable, hoursOn, readHours } from "@/server/sending-rules";
import { clockTime } from "@/server/sending-rules/status";
import type { Purpose } from "./status";

/** Hours in which a channel may be used, at the recipient's place. */
export type ContactHours = { channel: Channel; from: string; to: string };

/** The hours that hold messages of these channels today for recipients of the workspace's own country; none: no hours apply. */
export async function contactHours(
  ctx: Context,
  of: { channels: readonly Channel[]; purpose: Purpose; locale: string; today: string },
): Promise<ContactHours[]> {
  const rows = await withHotTransaction(ctx.workspaceId, (hot) => readHours(hot, ctx.workspaceId));
  const table = new HoursTable(rows, countryOfLocale(of.locale));
  return of.channels.flatMap((channel) => {
    const rule = hoursOn(table.of(null, channel, of.purpose).hours, of.today);
    return rule ? [{ channel, from: clockTime(rule.fromMinute), to: clockTime(rule.toMinute) }] : [];
  });
}
