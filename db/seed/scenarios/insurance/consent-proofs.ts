import { addDays, instantOn } from "../../days";
import type { SeedRow } from "../../insert";
import type { Random } from "../../random";
import type { SeedCustomer } from "./customers";
import type { SeedPolicy } from "./policies";

/** How and when something was said, as the ledger keeps it. */
export type Asked = {
  source: string;
  text_shown: string | null;
  evidence: SeedRow;
  actor_kind: "customer" | "user" | "system";
  actor_id: string | null;
  at: string;
};

const firm = "Suraksha Insurance Advisors";
/** The words of each way to ask; on the phone they are read out. */
const words = {
  website: {
    en: `Yes, ${firm} may send me offers and news about insurance. I can stop this at any time.`,
    hi: `हाँ, ${firm} मुझे बीमा के प्रस्ताव और समाचार भेज सकते हैं। मैं इसे कभी भी रोक सकता/सकती हूँ।`,
  },
  branch: {
    en: "I agree to receive offers and renewal ideas on the channels ticked above. I may withdraw at any branch, by reply or by link.",
    hi: "मैं ऊपर चुने गए माध्यमों पर प्रस्ताव पाने के लिए सहमत हूँ। मैं इसे किसी भी शाखा में, उत्तर से या लिंक से वापस ले सकता/सकती हूँ।",
  },
  agent: {
    en: "Would you like to hear from us about new plans? You can say stop whenever you wish.",
    hi: "क्या आप नई योजनाओं के बारे में हमसे सुनना चाहेंगे? आप जब चाहें मना कर सकते हैं।",
  },
  phone: {
    en: "May we send you offers by the channels that you named? You can end this with STOP.",
    hi: "क्या हम आपके बताए माध्यमों पर प्रस्ताव भेज सकते हैं? आप STOP लिखकर इसे बंद कर सकते हैं।",
  },
} as const;
type Way = keyof typeof words;

const branches = ["Pune Camp", "Andheri", "T. Nagar", "Salt Lake", "Hazratganj", "Satellite"] as const;
const proofs: Record<Way, (told: Random, day: string) => string> = {
  website: (told) => `suraksha.example.com/${told.pick(["stay-in-touch", "renew", "quote"])}`,
  branch: (told, day) => `Form ${day.slice(2, 4)}-${told.int(1_000, 9_999)}, ${told.pick(branches)}`,
  agent: (_told, day) => `Visit of ${day}`,
  phone: (told, day) => `Recording ${day.replaceAll("-", "")}-${told.int(100, 999)}`,
};
/** Minutes from noon in India: branches and callers keep hours, the website does not. */
const hours: Record<Way, readonly [number, number]> = {
  website: [-320, 640],
  branch: [-105, 330],
  agent: [-90, 440],
  phone: [-100, 400],
};

/** The one occasion on which a customer was asked about promotion: most when they joined, some later. */
export function makeAsking(
  told: Random,
  customer: SeedCustomer,
  { today, staff }: { today: string; staff: string[] },
): Asked {
  const way = told.weighted({ website: 36, branch: 26, agent: 24, phone: 14 });
  const joined = String(customer.created_at).slice(0, 10);
  const since = Math.round((Date.parse(today) - Date.parse(joined)) / 86_400_000);
  const day = addDays(joined, told.chance(0.65) ? 0 : told.int(0, Math.max(0, since - 1)));
  const at = instantOn(day, told.int(...hours[way]));
  const written = told.pick(staff);
  return {
    source: way,
    text_shown: words[way][customer.language === "hi" ? "hi" : "en"],
    evidence: { reference: proofs[way](told, day) },
    actor_kind: way === "website" ? "customer" : "user",
    actor_id: way === "website" ? null : written,
    // Nobody agrees before they are there.
    at: laterOf(at, String(customer.created_at)),
  };
}

const laterOf = (one: string, other: string): string => [one, other].sort()[1] ?? one;

/** A contract lets its service messages through; it says so itself. */
export const contractProof = (customer: SeedCustomer, { policy_number, start_date }: SeedPolicy): Asked => {
  const joined = String(customer.created_at);
  const signed = instantOn(start_date, 90);
  return {
    source: "contract",
    text_shown: null,
    evidence: { reference: `Policy ${policy_number}` },
    actor_kind: "system",
    actor_id: null,
    at: laterOf(signed, joined),
  };
};

/** How people say no on a channel. */
export function withdrawalProof(told: Random, channel: string, staff: string[]): Omit<Asked, "at"> {
  const written = told.pick(staff);
  const byLink = told.chance(0.7);
  const nothing = { text_shown: null, actor_id: null };
  if (channel === "email")
    return {
      ...nothing,
      source: byLink ? "unsubscribe_link" : "preferences",
      evidence: {},
      actor_kind: "customer",
    };
  if (channel === "call")
    return {
      ...nothing,
      source: "phone",
      evidence: { reference: "Said so on a call" },
      actor_kind: "user",
      actor_id: written,
    };
  return { ...nothing, source: "reply", evidence: { rule: "stop_word" }, actor_kind: "system" };
}
