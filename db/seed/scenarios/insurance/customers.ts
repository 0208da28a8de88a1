import { addDays, instantOn } from "../../days";
import { seedId } from "../../ids";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import { occupations, preferredTimes } from "./attributes";
import { devanagari, type Region, type RegionKey, regions } from "./names";

export type SeedCustomer = SeedRow & {
  id: string;
  external_id: string;
  name: string;
  phone: string | null;
  email: string | null;
  language: string;
  city: string;
  tier: string;
  stop_state: string | null;
  birth_date: string | null;
};

const shares = Object.fromEntries(Object.entries(regions).map(([key, region]) => [key, region.share]));

/** Reserved for documentation (RFC 2606): no mail sent there reaches anybody. */
const domains = ["example.com", "example.org", "example.net", "mail.example.com"] as const;

/** What people really type into forms; each is refused as an address. */
const malformedEmails = ["{user}@@example.com", "{user}.example.com", "{user}@example", "@example.com"];
const malformedPhones = ["+91 98", "12345", "+9100000"];

/**
 * India reserves no numbers for fiction. +91 6610 0xxxxx was chosen because it can hardly be anybody's: no mobile series
 * begins with 6610, and read as a landline it is Rourkela (0661), where no local number begins with 0. It still has the
 * shape of an Indian mobile (`+91[6-9]` and nine digits), so every rule of the product applies to it.
 */
const phoneOf = (index: number): string => `+9166100${String(index).padStart(5, "0")}`;

/** Customers of an insurance advisor's firm across India, oldest first. */
export function makeCustomerRows(
  random: Random,
  count: number,
  context: { workspaceId: string; today: string },
): SeedCustomer[] {
  const used = new Set<string>();
  const rows: SeedCustomer[] = [];
  for (let index = 0; index < count; index++) {
    const region: Region = regions[random.weighted(shares) as RegionKey];
    const relative = index > 0 && random.chance(0.05) ? rows[index - 1] : undefined;
    rows.push(makeCustomer(random, { ...context, index, count, region, relative, used }));
  }
  return rows;
}

type Place = {
  workspaceId: string;
  today: string;
  index: number;
  count: number;
  region: Region;
  /** Someone of the same household: shares the family name, the city and the phone. */
  relative: SeedCustomer | undefined;
  used: Set<string>;
};

function makeCustomer(random: Random, place: Place): SeedCustomer {
  const { index, region, relative } = place;
  const language = relative?.language ?? random.weighted(region.languages);
  const given = random.pick(random.chance(0.46) ? region.women : region.men);
  const family = relative?.name.split(" ").at(-1) ?? random.pick(region.families);
  const inScript = language === "hi" && !relative && random.chance(0.12);
  // Since yesterday at the latest: nobody is there before the day has come to it.
  const joined = Math.max(1, Math.floor(((place.count - index) / place.count) * 1_800) + random.int(0, 1));
  const created = instantOn(addDays(place.today, -joined), random.int(-180, 420));
  return {
    id: seedId("insurance/customers", index),
    workspace_id: place.workspaceId,
    external_id: `SUR-${100_001 + index}`,
    name: inScript
      ? `${random.pick(devanagari.given)} ${random.pick(devanagari.families)}`
      : `${given} ${family}`,
    phone: choosePhone(random, index, relative),
    email: chooseEmail(random, `${given}.${/^[a-z]+$/i.test(family) ? family : "family"}`, place),
    language,
    time_zone: random.chance(0.015) ? random.pick(["Asia/Dubai", "Asia/Singapore", "Europe/London"]) : null,
    city: relative?.city ?? random.pick(region.cities),
    tier: random.weighted({ platinum: 4, gold: 14, silver: 32, bronze: 50 }),
    engagement_score: 0,
    birth_date: random.chance(0.94) ? birthDay(random, place.today) : null,
    stop_state: chooseStopState(random),
    advisor_id: null,
    tags: [],
    attributes: {
      occupation: random.pick(occupations),
      dependants: random.int(0, 4),
      preferred_time: random.pick(preferredTimes),
    },
    created_at: created,
    updated_at: created,
  };
}

function birthDay(random: Random, today: string): string {
  const age = random.weighted({ "21": 22, "31": 32, "41": 26, "56": 16, "68": 4 });
  return addDays(today, -(Number(age) * 365 + random.int(0, 3_650)));
}

function choosePhone(random: Random, index: number, relative: SeedCustomer | undefined): string | null {
  if (relative?.phone && random.chance(0.8)) return relative.phone;
  if (random.chance(0.03)) return null;
  return random.chance(0.006) ? random.pick(malformedPhones) : phoneOf(index);
}

function chooseEmail(random: Random, name: string, place: Place): string | null {
  if (random.chance(0.08)) return null;
  const user = name.toLowerCase();
  if (random.chance(0.012)) return random.pick(malformedEmails).replace("{user}", user);
  if (place.relative?.email && random.chance(0.3)) return place.relative.email;
  const domain = random.pick(domains);
  const plain = `${user}@${domain}`;
  const email = place.used.has(plain) ? `${user}${100 + place.index}@${domain}` : plain;
  place.used.add(email);
  return email;
}

function chooseStopState(random: Random): string | null {
  if (!random.chance(0.016)) return null;
  return random.weighted({ deceased: 2, death_claim: 2, open_complaint: 5, surrender: 4, free_look: 3 });
}
