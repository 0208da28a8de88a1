import { readDay } from "@/server/imports";
import { addressHash, addressHint } from "../address-hash";
import { hashOfKey } from "../address-key";
import { readAddress } from "../read-address";
import { type ContactChannel, contactChannels, type Purpose, type SuppressionReason } from "../status";
import type { Columns, Field } from "./columns";

/** A line of a file of consents, by itself: whose it is is looked up later. */
export type ConsentLine = {
  customerId: string | null;
  phone: string | null;
  email: string | null;
  channel: ContactChannel;
  purpose: Purpose;
  action: "granted" | "withdrawn";
  source: string;
  text: string | null;
  evidence: string | null;
  /** `YYYY-MM-DD`, or an instant where the file gives one. */
  time: string;
};

export type SuppressionLineRead = {
  /** Where the address is suppressed, by its keyed hash. */
  addresses: { channel: ContactChannel; hash: string; hint: string }[];
  reason: SuppressionReason;
  origin: string;
};

type Read<Line> = { ok: true; line: Line } | { ok: false; reason: string };

const cut = (text: string, most: number) => text.slice(0, most);
/** A spreadsheet's guard against formulas is no part of the value. */
const cellOf = (cells: readonly string[], columns: Columns) => (field: Field) => {
  const at = columns[field];
  return at === undefined ? "" : (cells[at] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
};

const channelWords: Record<string, ContactChannel> = {
  email: "email",
  mail: "email",
  sms: "sms",
  text: "sms",
  whatsapp: "whatsapp",
  wa: "whatsapp",
  call: "call",
  calls: "call",
  phone: "call",
  voice: "call",
};
const purposeWords: Record<string, Purpose> = {
  promotional: "promotional",
  promotion: "promotional",
  marketing: "promotional",
  service: "service",
  transactional: "service",
  servicemessages: "service",
};
const granted = ["granted", "grant", "yes", "y", "true", "1", "optin", "allowed", "given"];
const withdrawn = ["withdrawn", "withdraw", "no", "n", "false", "0", "optout", "revoked", "denied"];
const reasonWords: Record<string, SuppressionReason> = {
  unsubscribed: "unsubscribed",
  unsubscribe: "unsubscribed",
  optout: "unsubscribed",
  hardbounce: "hard_bounce",
  bounce: "hard_bounce",
  bounced: "hard_bounce",
  invalid: "hard_bounce",
  complaint: "complaint",
  spam: "complaint",
  donotdisturb: "do_not_disturb",
  dnd: "do_not_disturb",
  ncpr: "do_not_disturb",
  manual: "manual",
  addedbyhand: "manual",
};
const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Judges a line of a file of consents. @param today the day in the workspace's zone: nothing is agreed to tomorrow */
export function readConsentLine(
  cells: readonly string[],
  columns: Columns,
  today: string,
): Read<ConsentLine> {
  const cell = cellOf(cells, columns);
  const no = (reason: string) => ({ ok: false, reason }) as const;
  const phone = cell("phone") ? readAddress("sms", cell("phone")) : null;
  const email = cell("email") ? readAddress("email", cell("email")) : null;
  if (phone && !phone.ok) return no(phone.reason);
  if (email && !email.ok) return no(email.reason);
  const customerId = cell("customer_id") || null;
  if (!customerId && !phone && !email) return no("It does not say whose consent it is.");
  const channel = channelWords[plain(cell("channel"))];
  if (!channel) return no(`“${cut(cell("channel"), 40)}” is no channel: use email, sms, whatsapp or call.`);
  const purpose = purposeWords[plain(cell("purpose"))];
  if (!purpose) return no(`“${cut(cell("purpose"), 40)}” is no purpose: use promotional or service.`);
  const said = plain(cell("action"));
  if (said !== "" && !granted.includes(said) && !withdrawn.includes(said))
    return no(`“${cut(cell("action"), 40)}” is neither granted nor withdrawn.`);
  const source = cell("source");
  if (source === "") return no("It does not say where it was given.");
  const [text, evidence] = [cell("text"), cell("evidence")];
  const action = withdrawn.includes(said) ? "withdrawn" : "granted";
  if (action === "granted" && text === "" && evidence === "")
    return no("Give the words that were shown, or the evidence.");
  const time = readTime(cell("time"), today);
  if (!time) return no(`“${cut(cell("time"), 40)}” is no day, or it lies ahead.`);
  return {
    ok: true,
    line: {
      customerId,
      phone: phone?.value ?? null,
      email: email?.value ?? null,
      channel,
      purpose,
      action,
      source: cut(source, 80),
      text: text ? cut(text, 2_000) : null,
      evidence: evidence ? cut(evidence, 500) : null,
      time,
    },
  };
}

/** An instant with its zone as it stands; else the day. Null for what lies ahead. */
function readTime(text: string, today: string): string | null {
  const instant = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (instant && !Number.isNaN(Date.parse(text))) return (instant[1] ?? "") <= today ? text : null;
  const day = readDay(text, { order: "day_first", era: "past", today });
  return day !== null && day <= today ? day : null;
}

/** Judges a line of a file of addresses that must not be contacted. */
export function readSuppressionLine(cells: readonly string[], columns: Columns): Read<SuppressionLineRead> {
  const cell = cellOf(cells, columns);
  const no = (reason: string) => ({ ok: false, reason }) as const;
  const text = cell("address") || cell("email") || cell("phone");
  if (text === "" && cell("key") !== "") return readExported(cell);
  if (text === "") return no("There is no address in it.");
  const isMail = text.includes("@");
  const read = readAddress(isMail ? "email" : "sms", text);
  if (!read.ok) return no(read.reason);
  const asked = cell("channel")
    .split(/[;|/&]+|\band\b/i)
    .map(plain)
    .filter(Boolean);
  const channels: (ContactChannel | undefined)[] =
    asked.length === 0 || asked.includes("all")
      ? contactChannels.filter((channel) => (channel === "email") === isMail)
      : asked.map((word) => channelWords[word]);
  const known = channels.filter((channel) => channel !== undefined);
  if (known.length < channels.length)
    return no(`“${cut(cell("channel"), 40)}” is no channel: use email, sms, whatsapp or call.`);
  if (known.some((channel) => (channel === "email") !== isMail))
    return no(
      isMail ? "An e-mail address is suppressed for e-mail only." : "A number is not suppressed for e-mail.",
    );
  const reason = cell("reason") === "" ? "manual" : reasonWords[plain(cell("reason"))];
  if (!reason) return no(noReason(cell("reason")));
  const addresses = [...new Set(known)].map((channel) => ({
    channel,
    hash: addressHash(channel, read.value),
    hint: addressHint(channel, read.value),
  }));
  return { ok: true, line: { addresses, reason, origin: cut(cell("origin"), 200) } };
}

const noReason = (text: string): string =>
  `“${cut(text, 40)}” is no reason: use unsubscribed, hard bounce, complaint, DND or manual.`;

/** A line of our own export: the key stands for the address, also of somebody who was erased. */
function readExported(cell: (field: Field) => string): Read<SuppressionLineRead> {
  const no = (reason: string) => ({ ok: false, reason }) as const;
  const hash = hashOfKey(cell("key"));
  if (hash === null) return no("Its address key is damaged. Export the list again, or give the address.");
  if (hash === "foreign")
    return no("It was exported by another installation, which alone can read its key. Give the address.");
  const channel = channelWords[plain(cell("channel"))];
  if (!channel) return no(`“${cut(cell("channel"), 40)}” is no channel: use email, sms, whatsapp or call.`);
  const said = plain(cell("reason"));
  const reason = said === "erased" ? "erased" : reasonWords[said];
  if (!reason) return no(noReason(cell("reason")));
  const hint = cut(cell("hint"), 100) || "•••";
  return {
    ok: true,
    line: { addresses: [{ channel, hash, hint }], reason, origin: cut(cell("origin"), 200) },
  };
}
