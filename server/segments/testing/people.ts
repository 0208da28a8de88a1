import type { Rule } from "../rule/model";
import type { Attribute } from "../rule/world";

type Scalar = string | number | boolean | null;

/** A customer with everything that rules look at, as plain values. Money in major units, instants as ISO text. */
export type Person = {
  id: string;
  fields: {
    externalId: string | null;
    name: string;
    phone: string | null;
    email: string | null;
    language: string;
    city: string | null;
    tier: string;
    score: number;
    birthDate: string | null;
    stopState: string | null;
    advisorId: string | null;
    tags: string[];
    createdAt: string;
    attributes: Record<string, Scalar>;
  };
  policies: {
    id: string;
    type: string;
    product: string;
    status: string;
    premium: number;
    sumAssured: number | null;
    mode: string;
    autoDebit: boolean;
    startDate: string | null;
    renewalDate: string | null;
  }[];
  payments: { policy: string; status: string; dueDate: string; amount: number; paidAt: string | null }[];
  events: { name: string; at: string; properties: Record<string, Scalar> }[];
  consents: { channel: string; purpose: string; granted: boolean }[];
  messages: {
    campaign: string;
    results: { state: string; at: string }[];
    reports: { kind: string; machine: boolean; at: string }[];
  }[];
  /** Credited to a campaign, or to none. */
  conversions: { campaign: string | null; counts: boolean; at: string }[];
  /** Channels on which the address is suppressed. */
  suppressed: string[];
};

/** What a rule is judged against in memory. */
export type Memory = {
  today: string;
  zone: string;
  segments: ReadonlyMap<string, Rule>;
  attributes: ReadonlyMap<string, Attribute>;
};
