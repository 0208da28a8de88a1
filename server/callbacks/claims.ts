import postgres, { type PendingQuery, type Sql } from "postgres";
import { withHotTransaction } from "@/db/transaction";
import { newId } from "@/server/platform/ids";
import { letGoEnded } from "./let-go-ended";
import { settleLostCalls } from "./settle-lost-calls";

/** A request in an agent's hands until `until`; every write about it names the generation. */
export type Claim = { callbackId: string; phone: string; generation: number; until: Date };

/** How long a claim lasts without a heartbeat (ms). */
export const CLAIM_MS = 60_000;
/** Agents that are served by one pair of statements. */
const MOST_AGENTS = 64;

type Waiting = {
  membershipId: string;
  resolve: (claim: Claim | null) => void;
  reject: (error: unknown) => void;
};
type Lane = { workspaceId: string; waiting: Waiting[]; busy: boolean };

const lanes = new Map<string, Lane>();

/**
 * The most urgent request that the agent may have, claimed; null when there is none. Agents of a workspace who ask at the
 * same moment are served together: one look at the head of the queue and one write for all of them, which is four times as
 * fast as one by one and gives no request twice (`performance.md`).
 */
export function claimFrom(workspaceId: string, membershipId: string): Promise<Claim | null> {
  const lane = lanes.get(workspaceId) ?? { workspaceId, waiting: [], busy: false };
  lanes.set(workspaceId, lane);
  return new Promise((resolve, reject) => {
    lane.waiting.push({ membershipId, resolve, reject });
    if (!lane.busy) void drain(lane);
  });
}

async function drain(lane: Lane): Promise<void> {
  lane.busy = true;
  // The others who ask in this turn of the event loop come along.
  await new Promise<void>((resolve) => setImmediate(resolve));
  while (lane.waiting.length > 0) {
    const served = lane.waiting.splice(0, MOST_AGENTS);
    try {
      const claims = await claimTogether(lane.workspaceId, [
        ...new Set(served.map(({ membershipId }) => membershipId)),
      ]);
      for (const { membershipId, resolve } of served) resolve(claims.get(membershipId) ?? null);
    } catch (error) {
      for (const { reject } of served) reject(error);
    }
  }
  lane.busy = false;
  lanes.delete(lane.workspaceId);
}

type Candidate = { id: string; phone: string; assigneeId: string | null };
type Pick = { id: string; phone: string; membershipId: string };

/** A hold may end, or be taken by another process, between the look and the write: then the head is looked at again. */
const MOST_LOOKS = 4;

/** The claims of several agents, the first of them first: each the most urgent that is left for them. */
export async function claimTogether(workspaceId: string, agents: string[]): Promise<Map<string, Claim>> {
  const claims = new Map<string, Claim>();
  for (let look = 0; look < MOST_LOOKS; look++) {
    const free = agents.filter((agent) => !claims.has(agent));
    const { found, missed } = await claimOnce(workspaceId, free).catch(afterRace);
    for (const [agent, claim] of found) claims.set(agent, claim);
    if (missed === 0) break;
    // What stands in the way twice may be the claim of a call that nobody told the end of.
    if (look === 1) await settleLostCalls(workspaceId);
  }
  return claims;
}

type Round = { found: Map<string, Claim>; missed: number };

/** The same agent asked another process at the same moment: what that one gave is found by the next look. */
function afterRace(error: unknown): Round {
  if (error instanceof postgres.PostgresError && error.constraint_name === "callback_holds_agent_key")
    return { found: new Map(), missed: 1 };
  throw error;
}

async function claimOnce(workspaceId: string, agents: string[]): Promise<Round> {
  const { found, looked, taking } = await withHotTransaction(workspaceId, async (sql) => {
    const [states] = await Promise.all([readAgents(sql, workspaceId, agents), keepPlans(sql)]);
    const found = new Map(states.flatMap(({ membershipId, hold }) => (hold ? [[membershipId, hold]] : [])));
    const picks: Pick[] = [];
    let looked = 0;
    for (const group of groupsOf(states.filter(({ hold }) => !hold))) {
      const head = await lookAtHead(sql, workspaceId, group);
      looked += head.length;
      picks.push(...allot(head, group.agents, picks));
    }
    // Not awaited here: the commit travels with it, a round trip less. Read below, when it is known to be durable.
    return { found, looked, taking: picks.length > 0 ? take(sql, workspaceId, picks) : null };
  });
  if (!taking) return { found, missed: 0 };
  const taken = await taking;
  for (const { membershipId, ...claim } of taken) found.set(membershipId, claim);
  // Two requests of one number, or a number that another process took: what stands behind them was not looked at.
  return { found, missed: looked - taken.length };
}

/**
 * For the rest of the transaction the look at the head is planned once for each connection. The planner would rather plan it
 * anew in more than half of all looks, for a gain that it only expects.
 */
const keepPlans = (sql: Sql): Promise<unknown> =>
  sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute();

type AgentState = {
  membershipId: string;
  skills: string[];
  languages: string[];
  teams: string[];
  /** An advisor is given customers of the own book only. */
  ownBook: boolean;
  hold: Claim | null;
};

/**
 * What the agents may be given, and what they hold already: asking again answers the same. Holds of the workspace that have
 * ended are let go first; both statements travel together.
 */
async function readAgents(sql: Sql, workspaceId: string, agents: string[]): Promise<AgentState[]> {
  const [, rows] = await Promise.all([
    letGoEnded(sql, workspaceId),
    sql<(AgentState & { [Key in keyof Claim]: Claim[Key] | null })[]>`
      select m.id as "membershipId", coalesce(a.skills, '{}') as skills, coalesce(a.languages, '{}') as languages,
        coalesce(t.teams, '{}') as teams,
        coalesce(p.role = 'advisor', false) as "ownBook", h.callback_id as "callbackId", h.phone, h.generation::int, h.until
      from unnest(${agents}::uuid[]) with ordinality as m(id, place)
      left join memberships p on p.workspace_id = ${workspaceId} and p.id = m.id
      left join agents a on a.workspace_id = ${workspaceId} and a.membership_id = m.id
      left join callback_holds h on h.workspace_id = ${workspaceId} and h.membership_id = m.id and h.until > (select clock_now())
      left join (select membership_id, array_agg(team_id order by team_id) as teams from team_members
        where workspace_id = ${workspaceId} and membership_id = any(${agents}::uuid[]) group by 1) t on t.membership_id = m.id
      order by m.place`,
  ]);
  return rows.map(
    ({ membershipId, skills, languages, teams, ownBook, callbackId, phone, generation, until }) => ({
      membershipId,
      skills,
      languages,
      teams,
      ownBook,
      hold: callbackId && phone && generation && until ? { callbackId, phone, generation, until } : null,
    }),
  );
}

type Group = {
  skills: string[];
  languages: string[];
  teams: string[];
  book: string | null;
  agents: string[];
};

/** Agents who may be given the same, together; those who may have everything last, so that they leave room for the others. */
function groupsOf(states: readonly AgentState[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { membershipId, skills, languages, teams, ownBook } of states) {
    const book = ownBook ? membershipId : null;
    const key = JSON.stringify([skills, languages, teams, book]);
    const group = groups.get(key) ?? { skills, languages, teams, book, agents: [] };
    group.agents.push(membershipId);
    groups.set(key, group);
  }
  const width = ({ skills, languages, book }: Group) =>
    book ? 0 : (skills.length || 1_000) + (languages.length || 1_000);
  return [...groups.values()].toSorted((one, other) => width(one) - width(other));
}

/**
 * The head of the queue, locked: slots that were promised and are open, by their time; then the rest by the fixed key.
 * Numbers that somebody holds are passed over, and so are rows that another process is taking now.
 */
async function lookAtHead(
  sql: Sql,
  workspaceId: string,
  { skills, languages, teams, book, agents }: Group,
): Promise<Candidate[]> {
  // No more than can be given: a row that is locked without need is passed over by another process.
  const most = agents.length;
  const allowed = sql`r.workspace_id = ${workspaceId} and r.not_before <= (select clock_now())
    and (r.assignee_id is null or r.assignee_id = any(${agents}::uuid[]))
    and (r.team_id is null or r.assignee_id is not null or r.team_id = any(${teams}::uuid[]))
    and (cardinality(${skills}::text[]) = 0 or r.request_type = any(${skills}::text[]))
    and (cardinality(${languages}::text[]) = 0 or r.language is null
      or r.language = any(${languages}::text[]))
    and ${
      book === null
        ? sql`true`
        : sql`(r.assignee_id = ${book} or exists (select from customers b where b.workspace_id = r.workspace_id
      and b.id = r.customer_id and b.advisor_id = ${book}))`
    }
    and not exists (select from callback_holds h where h.workspace_id = r.workspace_id and h.phone = r.phone
      and h.until > (select clock_now()))`;
  return sql<Candidate[]>`
    with promised as materialized (
      select r.id, r.phone, r.assignee_id, r.slot_start from callback_requests r
      where ${allowed} and r.status = 'scheduled' and r.slot_start <= (select clock_now())
      order by r.slot_start, r.id limit ${most} for update of r skip locked),
    waiting as materialized (
      select r.id, r.phone, r.assignee_id, r.order_key, r.created_at from callback_requests r
      where ${allowed} and r.status in ('pending', 'assigned')
      order by r.order_key desc, r.created_at, r.id limit ${most} - (select count(*) from promised)
      for update of r skip locked)
    select id, phone, assignee_id as "assigneeId" from (
      select id, phone, assignee_id, 0 as turn, extract(epoch from slot_start) as place from promised
      union all
      select id, phone, assignee_id, 1, -order_key from waiting) head
    order by turn, place, id`;
}

/** Gives each candidate, the most urgent first, to the first agent who may have it; one number to one agent. */
function allot(candidates: readonly Candidate[], agents: readonly string[], taken: readonly Pick[]): Pick[] {
  const free = [...agents];
  const phones = new Set(taken.map((pick) => pick.phone));
  const picks: Pick[] = [];
  for (const { id, phone, assigneeId } of candidates) {
    const place = assigneeId === null ? 0 : free.indexOf(assigneeId);
    const membershipId = free[place];
    if (membershipId === undefined || phones.has(phone)) continue;
    free.splice(place, 1);
    phones.add(phone);
    picks.push({ id, phone, membershipId });
  }
  return picks;
}

/**
 * Writes the holds, the requests and their log in one statement. A number that another process took meanwhile is left.
 * The times are given: a column's default would ask the clock once for each row.
 */
function take(
  sql: Sql,
  workspaceId: string,
  picks: readonly Pick[],
): PendingQuery<(Claim & { membershipId: string })[]> {
  return sql<(Claim & { membershipId: string })[]>`
    with picked as (
      select * from unnest(${picks.map((pick) => pick.id)}::uuid[], ${picks.map((pick) => pick.phone)}::text[],
        ${picks.map((pick) => pick.membershipId)}::uuid[], ${picks.map(() => newId())}::uuid[])
        as p(id, phone, membership_id, activity_id)),
    held as (
      insert into callback_holds (workspace_id, phone, callback_id, membership_id, generation, claimed_at, until)
      select ${workspaceId}, phone, id, membership_id, nextval('callback_hold_generation'), (select clock_now()),
        (select clock_now()) + ${CLAIM_MS} * interval '1 millisecond' from picked
      on conflict (workspace_id, phone) do nothing
      returning callback_id, phone, membership_id, generation, claimed_at, until),
    claimed as (
      update callback_requests r set status = 'in_progress', version = r.version + 1, updated_at = held.claimed_at
      from held where r.workspace_id = ${workspaceId} and r.id = held.callback_id returning r.id),
    logged as (
      insert into callback_activities (id, workspace_id, callback_id, kind, changes, actor_kind, actor_id, at)
      select p.activity_id, ${workspaceId}, h.callback_id, 'claimed', '{"status": "in_progress"}', 'user', h.membership_id, h.claimed_at
      from held h join picked p on p.id = h.callback_id)
    select callback_id as "callbackId", phone, membership_id as "membershipId", generation::int, until from held`.execute();
}
