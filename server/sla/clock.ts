import { addBusiness, businessBetween } from "./calendar";
import type { Calendar } from "./schemas";

/** Why a clock stands still: a closed list. */
export type PauseReason = "customer_asked_for_later" | "waiting_on_customer" | "outside_dial_window";

/** What happened to one clock: append-only, in order of `at` and then of arrival. Instants and durations in ms. */
export type ClockEvent =
  | { kind: "start"; at: number; target: number; calendar: Calendar }
  /** `until`: it goes on by itself then, unless something resumes it earlier. */
  | { kind: "pause"; at: number; reason: PauseReason; until?: number | null }
  | { kind: "resume"; at: number }
  | { kind: "retarget"; at: number; target: number; calendar: Calendar }
  | { kind: "stop"; at: number };

export type ClockState = {
  status: "none" | "running" | "paused" | "stopped";
  startedAt: number | null;
  stoppedAt: number | null;
  target: number;
  /** Business time up to `asOf`. */
  elapsed: number;
  asOf: number;
  /** Null while paused and before the start. Kept when stopped. */
  dueAt: number | null;
  /** The instant of the first breach: a due time that passed, whenever that was noticed. */
  breachedAt: number | null;
  pauseReason: PauseReason | null;
  /** When a paused clock goes on by itself. */
  pausedUntil: number | null;
  calendar: Calendar | null;
};

const NONE: ClockState = {
  status: "none",
  startedAt: null,
  stoppedAt: null,
  target: 0,
  elapsed: 0,
  asOf: 0,
  dueAt: null,
  breachedAt: null,
  pauseReason: null,
  pausedUntil: null,
  calendar: null,
};

/**
 * The state of one clock (callback, metric, cycle) at `now`: a fold over its events, the only definition of elapsed time,
 * due time and breach (`sla.md`). Events later than `now` have not happened yet. Evaluating early, late or often gives the
 * same breach, because it is a fact about instants: `now` or the stop after `dueAt`; exactly at it is met.
 */
export function foldClock(events: readonly ClockEvent[], now: number): ClockState {
  const past = events.filter((event) => event.at <= now).toSorted((one, other) => one.at - other.at);
  const state = past.reduce((before, event) => apply(advance(before, event.at), event), NONE);
  return advance(state, now);
}

/** Lets time pass: elapsed business time grows, and a due time that lies behind becomes a breach. */
function advance(paused: ClockState, at: number): ClockState {
  const { status, pausedUntil } = paused;
  const goesOn = status === "paused" && pausedUntil !== null && pausedUntil <= at;
  const state = goesOn ? resumed(paused, pausedUntil) : paused;
  if (state.status !== "running" || state.calendar === null || at <= state.asOf) return state;
  const elapsed = state.elapsed + businessBetween(state.calendar, state.asOf, at);
  const passed = state.dueAt !== null && at > state.dueAt;
  return { ...state, elapsed, asOf: at, breachedAt: state.breachedAt ?? (passed ? state.dueAt : null) };
}

function apply(state: ClockState, event: ClockEvent): ClockState {
  // A cycle that has ended never changes; reopening is a cycle of its own.
  if (state.status === "stopped") return state;
  switch (event.kind) {
    case "start":
      if (state.status !== "none") return state;
      return due({
        ...state,
        status: "running",
        startedAt: event.at,
        asOf: event.at,
        target: event.target,
        calendar: event.calendar,
      });
    case "pause":
      // A second pause changes nothing but the plan for its end.
      if (state.status === "paused") return { ...state, pausedUntil: event.until ?? state.pausedUntil };
      if (state.status !== "running") return state;
      return {
        ...state,
        status: "paused",
        dueAt: null,
        pauseReason: event.reason,
        pausedUntil: event.until ?? null,
      };
    case "resume":
      if (state.status !== "paused") return state;
      return resumed(state, event.at);
    case "retarget": {
      if (state.status === "none") return state;
      const changed = { ...state, target: event.target, calendar: event.calendar };
      return state.status === "paused" ? changed : due(changed);
    }
    case "stop":
      if (state.status === "none") return state;
      return { ...state, status: "stopped", stoppedAt: event.at, pauseReason: null, pausedUntil: null };
  }
}

/** Elapsed time is kept; what is left of the target runs from `asOf`. Nothing left: due now, not in the past. */
function due(state: ClockState): ClockState {
  if (state.calendar === null) return state;
  return { ...state, dueAt: addBusiness(state.calendar, state.asOf, state.target - state.elapsed) };
}

/** A clock whose time was up before it was paused is still due when it was: a pause cannot move a breach. */
function resumed(paused: ClockState, at: number): ClockState {
  const state = { ...paused, status: "running" as const, asOf: at, pauseReason: null, pausedUntil: null };
  const up = state.target <= state.elapsed && state.breachedAt !== null;
  return up ? { ...state, dueAt: state.breachedAt } : due(state);
}

/**
 * When a running clock reaches a share of its target, in business time (the warning at 0.75); null while it does not run.
 * An instant that lies behind `asOf` has passed already.
 */
export function reaches(state: ClockState, share: number): number | null {
  if (state.status !== "running" || state.calendar === null) return null;
  return addBusiness(state.calendar, state.asOf, state.target * share - state.elapsed);
}
