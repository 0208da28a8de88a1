import { createRandom } from "@/db/seed/random";
import type { SinkFaults } from "@/server/deliveries/testing/spawn-sink";
import type { Trial } from "./trial";

/** What happens when the mail server has taken so many messages. */
export type Trouble = { after: number } & (
  | { kind: "kill" | "stop"; worker: number }
  | { kind: "database" }
  | { kind: "faults"; faults: SinkFaults }
);

/** What the mail server does, each for a stretch of the campaign, with a stretch of peace behind it. */
const moods: SinkFaults[] = [
  { dropAfterDot: 0.005 },
  { closing: 0.02 },
  { refuseLater: 0.02 },
  { stallMs: 1_500 },
];

/** A trial's troubles in their order: the same for the same seed. */
export function troublesOf({ size, seed, kills }: Trial, workers: number): Trouble[] {
  const random = createRandom(seed);
  const somewhere = () => random.int(Math.ceil(size * 0.02), Math.floor(size * 0.95));
  const times = (count: number, make: () => Trouble) => Array.from({ length: count }, make);
  const stretch = size / (moods.length * 2);
  return [
    ...times(kills, () => ({ after: somewhere(), kind: "kill", worker: random.int(0, workers - 1) })),
    ...times(2, () => ({ after: somewhere(), kind: "stop", worker: random.int(0, workers - 1) })),
    ...times(2, () => ({ after: somewhere(), kind: "database" })),
    ...moods.flatMap((faults, nth): Trouble[] => {
      // A stall is short: each message of it takes as long as a thousand others.
      const lasting = faults.stallMs ? Math.min(stretch, 100) : stretch;
      const from = Math.round((nth * 2 + 0.5) * stretch);
      return [
        { after: from, kind: "faults", faults },
        { after: Math.round(from + lasting), kind: "faults", faults: {} },
      ];
    }),
  ].sort((one, other) => one.after - other.after);
}
