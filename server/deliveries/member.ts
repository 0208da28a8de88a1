import type { TagExtras } from "./tag-values";

/** What a message reads of its customer, at the moment it is sent. */
export type Member = {
  seq: number;
  variant: number;
  customerId: string;
  /** What it is about: begins with the id of a policy, or of a callback request. */
  occurrence: string;
  customerExists: boolean;
  name: string;
  address: string | null;
  /** E.164, whatever the channel: its country chooses the hours. */
  phone: string | null;
  externalId: string | null;
  city: string | null;
  tier: string;
  /** BCP 47: chooses the body. */
  language: string;
  /** As it was imported: it need not exist. */
  timeZone: string | null;
  stopState: string | null;
  consent: boolean | null;
  /** The policy that the tags speak of; null without one. */
  policyId: string | null;
  policyNumber: string | null;
  productName: string | null;
  /** Micro-units, with `currency`. */
  premium: string | null;
  currency: string | null;
  renewalDate: string | null;
  suppressed: string | null;
  /** Values of the less usual tags, where the message uses one. */
  extras: TagExtras | undefined;
  /** Promotion on the channel within the cap's days; service messages about the policy today. */
  recently: number;
  today: number;
  /** Hours since the customer's last message on WhatsApp; null on other channels, and when there was none lately. */
  lastReplyHours: number | null;
  /** Whether the message that a fall-back stands in for was received; null for other messages. */
  received: boolean | null;
  /** The number of that message. */
  replaces: number | null;
  inAudience: boolean | null;
  /** Why the customer leaves the automation whose message this is; null while inside, and for other messages. */
  left: string | null;
  /** Tries before this one. */
  attempts: number;
  /** An event settled it before it was tried again: nothing is sent any more. */
  answered: boolean;
  /** The database's clock when this was read. */
  now: Date;
};

/** What makes one copy's price: WhatsApp by the template's category, SMS by its parts, e-mail by the piece. */
export type Pricing = { category: string; units: number };
