import type { Exit, Step } from "./schemas";
import type { StepOutcome } from "./status";

/** Where somebody inside is: the step that is next, from 1, and since and until when they wait there. */
export type Place = { step: number; wakesAt: Date | null; waitsSince: Date | null };
type Check = Extract<Step, { do: "check" }>;
export type Leaving = Exit | "erased";
export type Acting = Extract<Step, { do: "send" | "set_attribute" | "callback" | "notify" }>;

/**
 * What a step has to know. A real run asks the database as it stands; a play-through asks what was assumed. Both decide by
 * `decideStep`, so that what is shown before is what will be done.
 */
export type Asked = {
  /** The first exit that has come about since the customer entered. */
  exit: () => Promise<Leaving | null>;
  holds: (check: Check) => Promise<boolean>;
  /** Whether the event has come since they began to wait. */
  came: (name: string, since: Date) => Promise<boolean>;
  /** A local day and time of the workspace. */
  instantOf: (day: string, time: string) => Promise<Date>;
};

export type Decision =
  | { does: "left"; reason: string; outcome: StepOutcome | null }
  | { does: "finished"; outcome: StepOutcome | null }
  /** `begins`: this look is the first one. `name`: the event that ends it earlier. */
  | { does: "wait"; until: Date; begins: boolean; name: string | null }
  | { does: "go_on"; by: 1 | 2; outcome: StepOutcome }
  /** Does what the step says and goes on; what came of it says who does it. */
  | { does: "act"; step: Acting };

const MS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;
type Timed = Extract<Step, { amount: number }>;
const after = (now: Date, { amount, unit }: Timed): Date => new Date(now.getTime() + amount * MS[unit]);

/** What happens at this moment to somebody inside. Before each step it is asked whether they leave. */
export async function decideStep(
  { steps, place, now }: { steps: readonly Step[]; place: Place; now: Date },
  asked: Asked,
): Promise<Decision> {
  const reason = await asked.exit();
  if (reason) return { does: "left", reason, outcome: null };
  const step = steps[place.step - 1];
  if (!step) return { does: "finished", outcome: null };
  switch (step.do) {
    case "wait":
      return waited(place, now) ?? waitUntil(place, after(now, step));
    case "wait_until":
      return waited(place, now) ?? waitUntil(place, await asked.instantOf(step.day, step.time), now);
    case "wait_event":
      return waitForEvent({ step, place, now }, asked);
    case "check":
      if (await asked.holds(step)) return { does: "go_on", by: 1, outcome: "held" };
      return step.otherwise === "skip"
        ? { does: "go_on", by: 2, outcome: "skipped" }
        : { does: "left", reason: `check_${step.holds}`, outcome: "left" };
    case "leave":
      return { does: "finished", outcome: "ended" };
    default:
      return { does: "act", step };
  }
}

const waited = ({ wakesAt }: Place, now: Date): Decision | null =>
  wakesAt && wakesAt <= now ? { does: "go_on", by: 1, outcome: "waited" } : null;

/** The first look says until when; a day that is over already is no wait. */
function waitUntil({ wakesAt }: Place, until: Date, now?: Date): Decision {
  if (!wakesAt && now && until <= now) return { does: "go_on", by: 1, outcome: "waited" };
  return { does: "wait", until: wakesAt ?? until, begins: wakesAt === null, name: null };
}

async function waitForEvent(
  { step, place, now }: { step: Extract<Step, { do: "wait_event" }>; place: Place; now: Date },
  { came }: Asked,
): Promise<Decision> {
  const { wakesAt, waitsSince } = place;
  if (!wakesAt) return { does: "wait", until: after(now, step), begins: true, name: step.name };
  if (await came(step.name, waitsSince ?? now)) return { does: "go_on", by: 1, outcome: "happened" };
  if (wakesAt > now) return { does: "wait", until: wakesAt, begins: false, name: step.name };
  return step.otherwise === "go_on"
    ? { does: "go_on", by: 1, outcome: "not_happened" }
    : { does: "left", reason: "no_event", outcome: "not_happened" };
}
