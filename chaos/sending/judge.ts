import type { RunFigures } from "@/server/deliveries/figures";
import type { Recounted } from "@/server/deliveries/testing/recount-promise";
import type { Finding } from "@/server/engine/chaos/finding";
import type { Trial } from "./trial";

/** What is known after a trial. */
export type Evidence = {
  recounted: Recounted;
  /** What the screen shows, from the roll-ups; and the states counted from raw rows. */
  figures: RunFigures;
  raw: Record<string, number>;
  /** Recipients whom the mail server refuses for good. */
  gone: number;
  restarts: number;
  /** Connections that the mail server broke after a final dot. */
  dropped: number;
};

const CONNECTIONS = 10;
/** Stops beyond the lease: as for a kill, each open connection's message is uncertain. */
const STOPS = 2;

/** The promise of delivery.md, claim by claim. */
export function judge(trial: Trial, evidence: Evidence): Finding[] {
  const { recounted, figures, raw, gone, restarts, dropped } = evidence;
  const { executions, delivered, unknown, failed, missing, unsent, twice, untold } = recounted;
  // RFC 1047: one message for each open connection and kill, and each that the server dropped, cannot be known.
  const uncertain = CONNECTIONS * (restarts + STOPS) + dropped;
  const claim = (words: string, ok: boolean, seen: string): Finding => ({ claim: words, ok, seen });
  return [
    claim(
      "everybody is delivered or unknown, or refused for good by the server",
      missing === 0 &&
        failed <= gone &&
        delivered + unknown + failed === trial.size &&
        executions === trial.size,
      `${delivered} delivered, ${unknown} unknown, ${failed} refused (${gone} addresses do not exist), ${missing} left out`,
    ),
    claim("whoever counts as delivered was taken by the server", unsent === 0, `${unsent} were not`),
    claim("whoever was taken is delivered or unknown", untold === 0, `${untold} are neither`),
    trial.onUnknown === "hold"
      ? claim("nobody got it twice", twice === 0, `${twice} second copies`)
      : claim(
          "a second copy only for what a kill, a stop or the server cut off",
          twice <= uncertain,
          `${twice} second copies, at most ${uncertain}`,
        ),
    claim(
      "unknown only what a kill, a stop or the server cut off",
      unknown <= uncertain,
      `${unknown}, at most ${uncertain} for ${restarts} restarts and ${dropped} dropped connections`,
    ),
    claim(
      "what the screen shows is what the rows say",
      figures.delivered === (raw.delivered ?? 0) &&
        figures.unknown === (raw.unknown ?? 0) &&
        figures.failed === (raw.failed ?? 0),
      `${figures.delivered} delivered, ${figures.unknown} unknown, ${figures.failed} failed on both sides`,
    ),
  ];
}
