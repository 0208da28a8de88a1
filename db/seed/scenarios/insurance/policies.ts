import { addDays, addMonths, instantOn, monthSafe } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";

export type SeedPolicy = SeedRow & {
  id: string;
  customer_id: string;
  policy_type: string;
  product_name: string;
  status: string;
  premium_micros: number;
  renewal_date: string | null;
  start_date: string;
};

type Mode = "monthly" | "quarterly" | "half_yearly" | "yearly" | "single";
type Product = {
  weight: number;
  prefix: string;
  names: readonly string[];
  /** Yearly premium in rupees, least and most. */
  premium: readonly [number, number];
  /** Sum assured in lakh (1 lakh = 100,000 rupees), or null where there is none. */
  lakh: readonly number[] | null;
  modes: Partial<Record<Mode, number>>;
};

const products: Record<string, Product> = {
  term: {
    weight: 24,
    prefix: "TRM",
    names: ["Suraksha Term Shield", "Suraksha Term Plus"],
    premium: [7_500, 42_000],
    lakh: [50, 75, 100, 150, 200],
    modes: { yearly: 70, half_yearly: 12, monthly: 18 },
  },
  health: {
    weight: 26,
    prefix: "HLT",
    names: ["Arogya Family Floater", "Arogya Individual", "Arogya Senior"],
    premium: [9_000, 46_000],
    lakh: [3, 5, 10, 25],
    modes: { yearly: 88, half_yearly: 7, monthly: 5 },
  },
  motor: {
    weight: 18,
    prefix: "MTR",
    names: ["Drive Secure Comprehensive", "Drive Secure Two-wheeler"],
    premium: [1_400, 24_000],
    lakh: null,
    modes: { yearly: 100 },
  },
  endowment: {
    weight: 13,
    prefix: "END",
    names: ["Jeevan Samriddhi", "Jeevan Sanchay"],
    premium: [18_000, 96_000],
    lakh: [3, 5, 10, 15],
    modes: { yearly: 40, half_yearly: 15, quarterly: 20, monthly: 25 },
  },
  ulip: {
    weight: 9,
    prefix: "ULP",
    names: ["Dhan Vriddhi ULIP"],
    premium: [30_000, 180_000],
    lakh: [5, 10, 20],
    modes: { yearly: 45, quarterly: 15, monthly: 35, single: 5 },
  },
  child: {
    weight: 5,
    prefix: "CHD",
    names: ["Bal Bhavishya"],
    premium: [20_000, 80_000],
    lakh: [5, 10, 15],
    modes: { yearly: 60, monthly: 40 },
  },
  pension: {
    weight: 5,
    prefix: "PEN",
    names: ["Nishchint Pension"],
    premium: [25_000, 120_000],
    lakh: [5, 10, 20],
    modes: { yearly: 60, monthly: 30, single: 10 },
  },
};
const weights = Object.fromEntries(Object.entries(products).map(([type, product]) => [type, product.weight]));

/** Months between two payments. A single premium has none. */
export const monthsOf: Record<Mode, number> = {
  monthly: 1,
  quarterly: 3,
  half_yearly: 6,
  yearly: 12,
  single: 0,
};
const perYear: Record<Mode, number> = { monthly: 12, quarterly: 4, half_yearly: 2, yearly: 1, single: 0.2 };

/** Policies of the customers: one or two for most, some without, renewals spread over the year around `today`. */
export function makePolicyRows(random: Random, customers: SeedCustomer[], today: string): SeedPolicy[] {
  const rows: SeedPolicy[] = [];
  for (const customer of customers) {
    const count = Number(random.weighted({ "0": 7, "1": 55, "2": 27, "3": 11 }));
    for (let nth = 0; nth < Math.max(count, customer.stop_state ? 1 : 0); nth++)
      rows.push(makePolicy(random, customer, { index: rows.length, today }));
  }
  return rows;
}

function makePolicy(
  random: Random,
  customer: SeedCustomer,
  place: { index: number; today: string },
): SeedPolicy {
  const type = random.weighted(weights);
  const product = products[type];
  if (!product) throw new Error(`unknown product ${type}`);
  const mode = random.weighted(product.modes as Record<Mode, number>);
  const status = chooseStatus(random, customer, mode);
  const renewal = chooseRenewal(random, status, mode, place.today);
  const start = chooseStart(random, customer, { renewal, mode, today: place.today });
  const created = instantOn(start, 30);
  const yearly = Math.round(random.int(product.premium[0], product.premium[1]) / 50) * 50;
  return {
    id: seedId("insurance/policies", place.index),
    workspace_id: customer.workspace_id ?? null,
    customer_id: customer.id,
    policy_number: `${product.prefix}${String(20_260_001 + place.index)}`,
    policy_type: type,
    product_name: random.pick(product.names),
    status,
    premium_micros: Math.round(yearly / perYear[mode]) * 1_000_000,
    sum_assured_micros: product.lakh ? random.pick(product.lakh) * 100_000 * 1_000_000 : null,
    currency: "INR",
    payment_mode: mode,
    auto_debit: mode !== "single" && random.chance(mode === "monthly" ? 0.7 : 0.2),
    start_date: start,
    renewal_date: renewal,
    grace_days: mode === "monthly" ? 15 : 30,
    created_at: created,
    updated_at: created,
  };
}

function chooseStatus(random: Random, customer: SeedCustomer, mode: Mode): string {
  if (customer.stop_state === "surrender") return "surrendered";
  if (customer.stop_state === "free_look") return "in_force";
  if (mode === "single") return random.weighted({ paid_up: 85, matured: 15 });
  return random.weighted({ in_force: 80, in_grace: 6, lapsed: 8, paid_up: 2, surrendered: 2, matured: 2 });
}

function chooseRenewal(random: Random, status: string, mode: Mode, today: string): string | null {
  if (mode === "single") return null;
  if (status === "in_force") return addDays(today, random.int(0, monthsOf[mode] * 30));
  if (status === "in_grace") return addDays(today, -random.int(1, mode === "monthly" ? 14 : 29));
  if (status === "lapsed") return addDays(today, -random.int(35, 420));
  return null;
}

function chooseStart(
  random: Random,
  customer: SeedCustomer,
  terms: { renewal: string | null; mode: Mode; today: string },
): string {
  if (customer.stop_state === "free_look") return addDays(terms.today, -random.int(1, 14));
  const years = random.int(1, 6);
  if (!terms.renewal) return addDays(terms.today, -random.int(years * 365, years * 365 + 300));
  return addMonths(monthSafe(terms.renewal), -12 * years);
}
