import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { appendClockEvents, type ChosenPolicy, choosePolicy, type NewClockEvent } from "@/server/sla";
import type { CallbackPriority } from "./status";

const MINUTE_MS = 60_000;

type Starting = {
  callbackId: string;
  cycle: number;
  priority: CallbackPriority;
  requestType: string;
  urgency: string;
  tier: string;
  source: string;
  tags: readonly string[];
  /** When the request was made, or the start of the slot that was promised. */
  at: Date;
  slot: { start: Date; end: Date } | null;
};

/** Starts the clocks of a request (`sla.md`): all at once, and the promise's own where a slot was promised. */
export async function startClocks(tx: Transaction, ctx: Context, request: Starting): Promise<void> {
  const policy = await choosePolicy(tx, ctx, request);
  const targets = policy.definition.targets[request.priority];
  const clock = (metric: NewClockEvent["metric"], minutes: number): NewClockEvent => ({
    kind: "start",
    metric,
    at: request.at,
    targetMs: minutes * MINUTE_MS,
    ...keyOf(policy),
  });
  await appendClockEvents(tx, ctx, {
    callbackId: request.callbackId,
    cycle: request.cycle,
    events: [
      clock("first_attempt", targets.firstAttemptMinutes),
      clock("first_contact", targets.firstAttemptMinutes),
      clock("resolution", targets.resolutionMinutes),
      ...(request.slot ? [promise(request.slot, policy)] : []),
    ],
  });
}

/** A promised slot is kept by a first attempt before it ends. */
const promise = (
  slot: { start: Date; end: Date },
  { policyId, policyVersion }: ChosenPolicy,
): NewClockEvent => ({
  kind: "start",
  metric: "promise",
  at: slot.start,
  targetMs: slot.end.getTime() - slot.start.getTime(),
  policyId,
  policyVersion,
  calendarId: null,
  calendarVersion: null,
});

const keyOf = ({ policyId, policyVersion, calendarId, calendarVersion }: ChosenPolicy) => ({
  policyId,
  policyVersion,
  calendarId,
  calendarVersion,
});
