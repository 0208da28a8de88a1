import { createRandom, type Random } from "@/db/seed/random";
import { newId } from "@/server/platform/ids";
import type { Person } from "./people";

const DAY = 86_400_000;

export const pools = {
  cities: ["Pune", "pune", "MUMBAI", "Mumbai", "Delhi", "São Tomé", "दिल्ली", "50% off", "a_b", "it's", ""],
  names: [
    "Asha Rao",
    "asha rao",
    "Imran",
    "O'Neill",
    'Quote "Q"',
    "back\\slash",
    "",
    "आशा",
    "{a,b}",
    "$1::text",
  ],
  tags: ["vip", "hot lead", "do-not-call", "नया", "x,y", "{}"],
  tiers: ["platinum", "gold", "silver", "bronze"],
  languages: ["en", "hi", "mr"],
  stops: ["deceased", "death_claim", "open_complaint", "surrender", "free_look"],
  types: ["term", "health", "motor"],
  products: ["Term Shield", "Arogya Senior", "Drive Secure"],
  statuses: ["in_force", "in_grace", "lapsed", "paid_up", "surrendered", "matured"],
  modes: ["monthly", "quarterly", "half_yearly", "yearly", "single"],
  payments: ["due", "paid", "overdue", "failed"],
  events: ["inquiry", "payment_failed", "app_login", "name'; drop"],
  properties: ["product", "amount", "ok", "day", "odd key'\"\\"],
  channels: ["email", "sms", "whatsapp", "call"],
  amounts: [0, 1, 499.99, 500, 12_000.5, 250_000],
  birthdays: ["1990-02-28", "1992-02-29", "1988-03-01", "1970-12-31", "1971-01-01", "2000-02-29"],
} as const;

export type PeopleOptions = {
  seed: number;
  count: number;
  today: string;
  /** The zone's offset from UTC in minutes, to place instants around local midnight. */
  offset: number;
  campaigns: readonly string[];
  advisors: readonly string[];
};

const dayFrom = (today: string, days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** People whose values crowd around the edges of the rules: today, midnights, month ends, capitals, empty and odd text. */
export function randomPeople(options: PeopleOptions): Person[] {
  const random = createRandom(options.seed);
  return Array.from({ length: options.count }, () => randomPerson(random, options));
}

/** One of `randomPeople`. */
export function randomPerson(random: Random, options: PeopleOptions): Person {
  const { today, offset } = options;
  const maybe = <T>(chance: number, make: () => T): T | null => (random.chance(chance) ? make() : null);
  const near = () =>
    dayFrom(today, random.pick([-400, -91, -90, -31, -30, -29, -7, -1, 0, 0, 1, 6, 7, 8, 29, 30, 31, 365]));
  // The last and the first second of a local day, or its noon.
  const instant = () => {
    const midnight = Date.parse(`${near()}T00:00:00Z`) - offset * 60_000;
    return new Date(midnight + random.pick([-1_000, 0, 43_200_000])).toISOString();
  };
  const many = <T>(most: number, make: () => T): T[] => Array.from({ length: random.int(0, most) }, make);
  const policies = many(3, () => ({
    id: newId(),
    type: random.pick(pools.types),
    product: random.pick(pools.products),
    status: random.pick(pools.statuses),
    premium: random.pick(pools.amounts),
    sumAssured: maybe(0.6, () => random.pick(pools.amounts)),
    mode: random.pick(pools.modes),
    autoDebit: random.chance(0.4),
    startDate: maybe(0.9, () => (random.chance(0.3) ? random.pick(pools.birthdays) : near())),
    renewalDate: maybe(0.8, near),
  }));
  return {
    id: newId(),
    fields: {
      externalId: maybe(0.9, () => random.pick(["A-1", "B%2", "c_3"]) + newId()),
      name: random.pick(pools.names),
      phone: maybe(0.7, () => random.pick(["+919820041101", "+911234567890", "+14155550100", "12345"])),
      email: maybe(0.7, () =>
        random.pick(["a@example.test", "B@Example.test", " c@example.test", "no mail", "d@x"]),
      ),
      language: random.pick(pools.languages),
      city: maybe(0.8, () => random.pick(pools.cities)),
      tier: random.pick(pools.tiers),
      score: random.pick([0, 1, 49, 50, 51, 99, 100]),
      birthDate: maybe(0.8, () =>
        random.chance(0.5)
          ? random.pick(pools.birthdays)
          : `1985${near().slice(4)}`.replace("-02-29", "-02-28"),
      ),
      stopState: maybe(0.2, () => random.pick(pools.stops)),
      advisorId: maybe(0.3, () => random.pick(options.advisors)),
      tags: [...new Set(many(3, () => random.pick(pools.tags)))],
      createdAt: instant(),
      attributes: randomValues(random, near),
    },
    policies,
    payments: policies.flatMap(({ id }) =>
      [...new Set(many(3, near))].map((dueDate) => ({
        policy: id,
        status: random.pick(pools.payments),
        dueDate,
        amount: random.pick(pools.amounts),
        paidAt: maybe(0.5, instant),
      })),
    ),
    events: many(8, () => ({
      name: random.pick(pools.events),
      at: instant(),
      properties: randomValues(random, near),
    })),
    consents: pools.channels.flatMap((channel) =>
      ["promotional", "service"].flatMap((purpose) =>
        random.chance(0.4) ? [{ channel, purpose, granted: random.chance(0.6) }] : [],
      ),
    ),
    messages: options.campaigns.flatMap((campaign) =>
      random.chance(0.5) ? [randomMessage(random, campaign, instant)] : [],
    ),
    conversions: many(2, () => ({
      campaign: maybe(0.8, () => random.pick(options.campaigns)),
      counts: random.chance(0.8),
      at: instant(),
    })),
    suppressed: [],
  };
}

/** Loose values as imports and events bring them: of the right type, of another, or missing. */
function randomValues(random: Random, near: () => string): Person["fields"]["attributes"] {
  const values = {
    product: () => random.pick([...pools.products, "term", "", 7]),
    amount: () => random.pick([0, 1.5, -3, "12", "12.50", "many", 100, true]),
    ok: () => random.pick([true, false, "true", "yes", null]),
    day: () => random.pick([near(), near(), "2026-02-31", "1992-02-29", "31/12/2026", "", 20_261_101]),
    "odd key'\"\\": () => random.pick(pools.names),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, make]) => (random.chance(0.75) ? [[key, make()]] : [])),
  );
}

function randomMessage(random: Random, campaign: string, instant: () => string): Person["messages"][number] {
  const state = random.pick(["sent", "delivered", "failed", "skipped", "held", "unknown"]);
  const kinds = ["delivered", "read", "bounced", "opened", "clicked", "replied", "complained"];
  return {
    campaign,
    results: random.chance(0.9) ? [{ state, at: instant() }] : [],
    reports: kinds.flatMap((kind) =>
      random.chance(0.2) ? [{ kind, machine: random.chance(0.3), at: instant() }] : [],
    ),
  };
}
