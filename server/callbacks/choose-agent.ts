import type { AssignmentPolicy } from "./status";

/** Somebody at work, as the choice sees them. */
export type Candidate = {
  membershipId: string;
  capacity: number;
  /** Open requests that they have. */
  load: number;
  /** When they were last given one, in ms; null: never. */
  lastAt: number | null;
  /** Request types and languages; empty: all. */
  skills: readonly string[];
  languages: readonly string[];
  /** Ids of the teams that they belong to. */
  teams: readonly string[];
};

export type Asking = {
  requestType: string;
  language: string | null;
  /** Passed on to a team: only its people; null: everybody. */
  teamId: string | null;
  /** Who talked with this customer last. */
  knownTo: string | null;
};

/** An empty list takes everything, so it is the widest. */
const width = ({ skills, languages }: Candidate): number =>
  (skills.length || 1_000) + (languages.length || 1_000);

const restedFirst = (one: Candidate, other: Candidate): number => (one.lastAt ?? 0) - (other.lastAt ?? 0);
const byLoad = (one: Candidate, other: Candidate): number => one.load - other.load;
const byId = (one: Candidate, other: Candidate): number => (one.membershipId < other.membershipId ? -1 : 1);

const orders: Record<AssignmentPolicy, (one: Candidate, other: Candidate) => number> = {
  by_hand: () => 0,
  round_robin: (one, other) => restedFirst(one, other) || byId(one, other),
  least_loaded: (one, other) => byLoad(one, other) || restedFirst(one, other) || byId(one, other),
  // The narrowest first: who can take everything is left for what nobody else takes.
  skills: (one, other) =>
    width(one) - width(other) || byLoad(one, other) || restedFirst(one, other) || byId(one, other),
};

/**
 * Who gets a request: among those with room who may talk about it, in a language of theirs. With `sticky` whoever talked with the
 * customer last comes before the order of the policy, and the policy decides when they have no room. Null: nobody.
 */
export function chooseAgent(
  { policy, sticky }: { policy: AssignmentPolicy; sticky: boolean },
  asking: Asking,
  candidates: readonly Candidate[],
): Candidate | null {
  if (policy === "by_hand") return null;
  const { requestType, language, teamId, knownTo } = asking;
  const able = candidates.filter(
    ({ load, capacity, skills, languages, teams }) =>
      load < capacity &&
      (teamId === null || teams.includes(teamId)) &&
      (skills.length === 0 || skills.includes(requestType)) &&
      (language === null || languages.length === 0 || languages.includes(language)),
  );
  const known = sticky ? able.find(({ membershipId }) => membershipId === knownTo) : undefined;
  return known ?? able.toSorted(orders[policy])[0] ?? null;
}
