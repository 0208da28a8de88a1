import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import { type Context, requireRole } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { bumpTopics } from "@/server/platform/realtime";
import { readAddress } from "./read-address";
import { type AddSuppressionsInput, addSuppressionsInput, MOST_ADDRESSES } from "./schemas";
import { consentKeepers } from "./status";
import { suppressAddress } from "./suppress";

export type AddedSuppressions = {
  added: number;
  /** On the list already, for a reason that stops as much. */
  known: number;
  /** What was not taken, as it was typed, with the reason. */
  refused: { text: string; reason: string }[];
};

/**
 * Puts addresses on the list by hand. Each is read for its kind: phone numbers for SMS, WhatsApp and calls, e-mail addresses
 * for e-mail. Whatever is neither is answered with the reason, and the others are taken.
 * @throws AppError FORBIDDEN, BAD_INPUT (too many: bring a file)
 */
export async function addSuppressions(ctx: Context, given: AddSuppressionsInput): Promise<AddedSuppressions> {
  requireRole(ctx, ...consentKeepers);
  const input = addSuppressionsInput.parse(given);
  const texts = [...new Set(input.addresses.split(/[\n,;]+/).map((text) => text.trim()))].filter(
    (text) => text !== "",
  );
  if (texts.length > MOST_ADDRESSES)
    throw new AppError("BAD_INPUT", `Enter at most ${MOST_ADDRESSES} addresses; bring more as a file.`, {
      field: "addresses",
      max: MOST_ADDRESSES,
    });
  const result: AddedSuppressions = { added: 0, known: 0, refused: [] };
  await withTransaction(ctx, async (tx) => {
    for (const text of texts) {
      const isMail = text.includes("@");
      const channels = input.channels.filter((channel) => (channel === "email") === isMail);
      const read = readAddress(isMail ? "email" : "sms", text);
      if (!read.ok) {
        result.refused.push({ text, reason: read.reason });
        continue;
      }
      if (channels.length === 0)
        result.refused.push({
          text,
          reason: isMail ? "E-mail is not chosen." : "No channel with phone numbers is chosen.",
        });
      for (const channel of channels) {
        const entry = { channel, address: read.value, reason: input.reason, origin: input.note || "by hand" };
        if (await suppressAddress(tx, ctx, entry)) result.added++;
        else result.known++;
      }
    }
    if (result.added === 0) return;
    await recordAudit(tx, ctx, {
      action: "suppression.added",
      subjectType: "suppressions",
      subjectId: input.reason,
      after: { reason: input.reason, channels: input.channels, added: result.added, note: input.note },
    });
    await bumpTopics(tx, ctx, "suppressions", "customers");
  });
  return result;
}
