import type { Sql } from "postgres";
import { type ClockEvent, type ClockState, foldClock } from "@/server/sla";
import type { Calendar } from "@/server/sla/schemas";

type Request = {
  id: string;
  phone: string;
  customer_id: string | null;
  request_type: string;
  status: string;
  not_before: Date;
  created_at: Date;
  closed_at: Date | null;
  contacted_at: Date | null;
  satisfaction: number | null;
  disposition: string | null;
  cycle: number;
  team_id: string | null;
  assignee_id: string | null;
};
type Attempt = {
  callback_id: string;
  membership_id: string;
  started_at: Date;
  outcome: string | null;
  talk_seconds: number | null;
  hold_seconds: number | null;
  wrap_up_seconds: number | null;
};
type EventRow = {
  callback_id: string;
  metric: string;
  cycle: number;
  kind: ClockEvent["kind"];
  at: Date;
  target_ms: string | null;
  definition: Calendar | null;
  reason: string | null;
  until: Date | null;
};

const always: Calendar = { zone: "UTC", alwaysOpen: true, week: [], exceptions: [] };

function toEvent(row: EventRow): ClockEvent {
  const at = row.at.getTime();
  if (row.kind === "start" || row.kind === "retarget")
    return { kind: row.kind, at, target: Number(row.target_ms), calendar: row.definition ?? always };
  if (row.kind === "pause")
    return { kind: "pause", at, reason: row.reason as never, until: row.until?.getTime() ?? null };
  return { kind: row.kind, at };
}

/** The value below which a share of the numbers lies, between two of them in proportion. */
function quantile(numbers: number[], share: number): number | null {
  const sorted = numbers.toSorted((one, other) => one - other);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/**
 * The board counted anew and slowly, by hand from the rows of the logs: clocks folded from their events one by one, nothing
 * read from the stored clocks. `members`: of one team; null: everybody.
 */
export async function recount(
  owner: Sql,
  workspaceId: string,
  team: { id: string; members: string[] } | null,
  midnight: number,
) {
  const [time] = await owner<{ now: Date }[]>`select clock_now() as now`;
  const now = time?.now.getTime() ?? 0;
  const requests = await owner<
    Request[]
  >`select * from callback_requests where workspace_id = ${workspaceId}`;
  const attempts = await owner<Attempt[]>`
    select * from callback_attempts where workspace_id = ${workspaceId} order by started_at, id`;
  const holds = await owner<{ callback_id: string; membership_id: string; until: Date }[]>`
    select * from callback_holds where workspace_id = ${workspaceId}`;
  const withdrawn = await owner<{ callback_id: string }[]>`
    select callback_id from callback_activities where workspace_id = ${workspaceId}
      and kind = 'cancelled' and detail @> '{"reason": "customer_withdrew"}'`;
  const resolving = await owner<{ key: string }[]>`
    select key from dispositions where workspace_id = ${workspaceId} and resolved`;
  const rows = await owner<EventRow[]>`
    select e.*, v.definition from sla_events e
    left join calendar_versions v on v.calendar_id = e.calendar_id and v.version = e.calendar_version
    where e.workspace_id = ${workspaceId} order by e.at, e.sequence`;

  const triesOf = (id: string) => attempts.filter(({ callback_id }) => callback_id === id);
  const handlerOf = ({ id, assignee_id }: Request): string | null =>
    assignee_id ??
    holds.find((hold) => hold.callback_id === id && hold.until.getTime() > now)?.membership_id ??
    triesOf(id).at(-1)?.membership_id ??
    null;
  const seen = requests.filter((request) => {
    if (team === null) return true;
    const handler = handlerOf(request);
    if (handler !== null) return team.members.includes(handler);
    return request.team_id === null || request.team_id === team.id;
  });
  const clocksOf = (id: string, metric: string): { cycle: number; state: ClockState; start: number }[] => {
    const own = rows.filter((row) => row.callback_id === id && row.metric === metric);
    return [...new Set(own.map(({ cycle }) => cycle))].map((cycle) => {
      const events = own.filter((row) => row.cycle === cycle).map(toEvent);
      const start = events.find(({ kind }) => kind === "start")?.at ?? 0;
      return { cycle, state: foldClock(events, Math.max(now, start)), start };
    });
  };
  const current = (request: Request) =>
    clocksOf(request.id, "first_attempt").find(({ cycle }) => cycle === request.cycle);
  const isToday = (at: Date | number | null) => {
    const instant = at instanceof Date ? at.getTime() : at;
    return instant !== null && instant >= midnight && instant < now;
  };

  const open = seen.filter(({ closed_at, status }) => closed_at === null && status !== "completed");
  const idle = open.filter(({ status }) => status !== "in_progress");
  const waiting = idle.filter(({ not_before }) => not_before.getTime() <= now);
  const late = open.filter((request) => {
    const state = current(request)?.state;
    return state?.breachedAt != null && state.stoppedAt === null;
  });
  const soon = open.filter((request) => {
    const clock = current(request);
    if (!clock || clock.start > now || clock.state.breachedAt !== null) return false;
    const due = clock.state.status === "running" ? clock.state.dueAt : null;
    return due !== null && due >= now && due <= now + 15 * 60_000;
  });

  /** Targets settled since an instant: [met, all]. */
  const settled = (metric: "first_attempt" | "first_contact", since: number): [number, number] => {
    let [met, all] = [0, 0];
    for (const request of seen)
      for (const { cycle, state } of clocksOf(request.id, metric)) {
        const ends = state.stoppedAt;
        const reached =
          ends !== null &&
          (metric === "first_attempt"
            ? triesOf(request.id).some(({ started_at }) => started_at.getTime() === ends)
            : request.contacted_at?.getTime() === ends);
        const expired = ends !== null && request.status === "expired" && cycle === request.cycle;
        const missed = state.breachedAt !== null;
        const at = missed ? state.breachedAt : reached || expired ? ends : null;
        if (at === null || at < since || at >= now) continue;
        all++;
        if (!missed && reached) met++;
      }
    return [met, all];
  };

  const calls = attempts.filter(
    ({ started_at, membership_id }) =>
      isToday(started_at) && (team === null || team.members.includes(membership_id)),
  );
  const answered = calls.filter(({ outcome }) => outcome === "connected");
  const handleSeconds = answered.reduce(
    (sum, call) => sum + (call.talk_seconds ?? 0) + (call.hold_seconds ?? 0) + (call.wrap_up_seconds ?? 0),
    0,
  );
  const waits = seen.flatMap(({ id, contacted_at }) => {
    const clock = clocksOf(id, "first_contact").find(
      ({ state }) => state.stoppedAt === contacted_at?.getTime(),
    );
    return contacted_at && isToday(contacted_at) && clock
      ? [(contacted_at.getTime() - clock.start) / 1000]
      : [];
  });
  const offered = seen.filter(({ created_at }) => isToday(created_at));
  const abandoned = offered.filter(
    ({ id, status, contacted_at }) =>
      status === "cancelled" &&
      contacted_at === null &&
      withdrawn.some(({ callback_id }) => callback_id === id),
  );
  const closed = seen.filter(({ closed_at }) => isToday(closed_at));
  const resolved = closed.filter(
    ({ status, disposition }) => status === "completed" && resolving.some(({ key }) => key === disposition),
  );
  const firstTime = resolved.filter(
    (one) =>
      one.cycle === 1 &&
      triesOf(one.id).filter(({ outcome }) => outcome === "connected").length === 1 &&
      !requests.some(
        (other) =>
          other.id !== one.id &&
          other.phone === one.phone &&
          other.request_type === one.request_type &&
          (other.customer_id === null || one.customer_id === null || other.customer_id === one.customer_id) &&
          other.created_at.getTime() >= (one.closed_at?.getTime() ?? 0) &&
          other.created_at.getTime() < (one.closed_at?.getTime() ?? 0) + 7 * 86_400_000,
      ),
  );
  const stars = closed.flatMap(({ satisfaction }) => (satisfaction === null ? [] : [satisfaction]));
  const promises = seen.flatMap(({ id }) =>
    clocksOf(id, "promise").flatMap(({ state, start }) => {
      if (state.breachedAt !== null) return isToday(state.breachedAt) ? [false] : [];
      const kept = triesOf(id).some(({ started_at }) => started_at.getTime() === state.stoppedAt);
      return kept && start <= now && isToday(state.stoppedAt) ? [true] : [];
    }),
  );
  const availableSeconds = await available(owner, workspaceId, team, { midnight, now });
  const entered = waiting.map((request) => current(request)?.start ?? 0);
  const [met, decided] = settled("first_attempt", midnight);
  const [contactMet, contactDecided] = settled("first_contact", midnight);
  const [hourMet, hourDecided] = settled("first_attempt", now - 3_600_000);
  return {
    counts: {
      waiting: waiting.length,
      later: idle.length - waiting.length,
      in_hand: open.length - idle.length,
      due_soon: soon.length,
      breached: late.length,
    },
    longestSince: entered.length === 0 ? null : Math.min(...entered),
    lastHour: { met: hourMet, decided: hourDecided },
    today: {
      offered: offered.length,
      abandoned: abandoned.length,
      abandonment: ratio(abandoned.length, offered.length),
      serviceLevel: ratio(met, decided),
      contactLevel: ratio(contactMet, contactDecided),
      asa: ratio(
        waits.reduce((sum, wait) => sum + wait, 0),
        waits.length,
      ),
      waitMedian: quantile(waits, 0.5),
      waitP90: quantile(waits, 0.9),
      aht: ratio(handleSeconds, answered.length),
      connectRate: ratio(answered.length, calls.length),
      successRate: ratio(closed.filter(({ contacted_at }) => contacted_at !== null).length, closed.length),
      resolutionRate: ratio(resolved.length, closed.length),
      fcr: ratio(firstTime.length, resolved.length),
      onTime: ratio(promises.filter(Boolean).length, promises.length),
      satisfaction: ratio(
        stars.reduce((sum, star) => sum + star, 0),
        stars.length,
      ),
    },
    availableSeconds,
    occupancy: ratio(handleSeconds, handleSeconds + availableSeconds),
  };
}

async function available(
  owner: Sql,
  workspaceId: string,
  team: { members: string[] } | null,
  { midnight, now }: { midnight: number; now: number },
): Promise<number> {
  const changes = await owner<{ membership_id: string; presence: string; at: Date }[]>`
    select * from presence_changes where workspace_id = ${workspaceId} order by at, id`;
  let milliseconds = 0;
  for (const [place, change] of changes.entries()) {
    if (change.presence !== "available") continue;
    if (team !== null && !team.members.includes(change.membership_id)) continue;
    const next = changes.slice(place + 1).find(({ membership_id }) => membership_id === change.membership_id);
    const [from, to] = [Math.max(change.at.getTime(), midnight), Math.min(next?.at.getTime() ?? now, now)];
    milliseconds += Math.max(0, to - from);
  }
  return milliseconds / 1000;
}
