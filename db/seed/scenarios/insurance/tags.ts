import { addDays } from "../../days";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";
import type { SeedPolicy } from "./policies";

const SENIOR_DAYS = 60 * 365.25;
const HIGH_PREMIUM_MICROS = 90_000_000_000;

/**
 * Tags that people of the firm would give, most of them from what is known, some at will; about a third of the customers has one.
 * @param told a stream of its own, so that tags change nothing else
 */
export function addTags(
  told: Random,
  { customers, policies, today }: { customers: SeedCustomer[]; policies: SeedPolicy[]; today: string },
): void {
  const premiums = new Map<string, number>();
  const products = new Map<string, number>();
  for (const { customer_id, premium_micros } of policies) {
    premiums.set(customer_id, Math.max(premiums.get(customer_id) ?? 0, premium_micros));
    products.set(customer_id, (products.get(customer_id) ?? 0) + 1);
  }
  const phones = new Map<string, number>();
  for (const { phone } of customers) if (phone) phones.set(phone, (phones.get(phone) ?? 0) + 1);
  const seniorSince = addDays(today, -Math.round(SENIOR_DAYS));
  for (const customer of customers) {
    const { id, phone, birth_date, time_zone } = customer;
    customer.tags = [
      ...(time_zone ? ["nri"] : []),
      ...(phone && (phones.get(phone) ?? 0) > 1 ? ["family"] : []),
      ...(birth_date && birth_date <= seniorSince ? ["senior citizen"] : []),
      ...((premiums.get(id) ?? 0) >= HIGH_PREMIUM_MICROS ? ["high premium"] : []),
      ...((products.get(id) ?? 0) >= 3 && told.chance(0.5) ? ["cross-sell done"] : []),
      ...(told.chance(0.05) ? ["referral"] : []),
      ...(told.chance(0.03) ? ["call after 6 pm"] : []),
      ...(told.chance(0.02) ? ["branch visit due"] : []),
    ];
  }
}
