import type { RunFigures } from "@/server/deliveries";
import {
  type ExecutionState,
  executionStateLabels,
  executionStates,
  type Reaction,
  reactions,
  reasonLabel,
} from "@/server/deliveries/status";

/** What the address asks for; what it cannot mean is left out. */
export function recipientFilterOf(params: URLSearchParams) {
  const one = (name: string) => params.get(name) || undefined;
  return {
    state: executionStates.find((state) => state === one("state")),
    reason: one("reason")?.slice(0, 60),
    did: reactions.find((did) => did === one("did")),
    search: one("q")?.slice(0, 100),
    after: one("after"),
    before: one("after") ? undefined : one("before"),
  };
}

/** E-mail knows no "read", and nothing is held out yet: choices that can find nothing are not offered. */
const offered = executionStates.filter((state) => state !== "read" && state !== "held_out");

const reactionLabels = {
  opened: "Opened",
  not_opened: "Did not open",
  clicked: "Clicked",
  not_clicked: "Did not click",
  replied: "Replied",
  unsubscribed: "Opted out",
  complained: "Complained",
} as const satisfies Record<Reaction, string>;

/** What recipients can have done. */
export const reactionChoices = reactions.map((value) => ({ value, label: reactionLabels[value] }));

/** What the filter leaves, in words: "Skipped, no address for the channel". */
export function filterWords({ state, reason, did }: ReturnType<typeof recipientFilterOf>): string {
  const words = [
    ...(did ? [reactionLabels[did]] : []),
    ...(state ? [executionStateLabels[state].label] : []),
    ...(reason ? [reasonLabel(reason)] : []),
  ];
  return words
    .map((word, nth) => (nth === 0 ? word : `${word[0]?.toLowerCase()}${word.slice(1)}`))
    .join(", ");
}

/** The states that a recipient can be in. */
export const stateChoices = offered.map((value) => ({ value, label: executionStateLabels[value].label }));

/** The reasons that occurred, within the chosen state; each once. */
export function reasonChoices({ reasons }: RunFigures, state: ExecutionState | undefined) {
  const names = new Set(reasons.filter((each) => !state || each.state === state).map(({ reason }) => reason));
  return [...names].map((value) => ({ value, label: reasonLabel(value) }));
}
