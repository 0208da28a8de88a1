import type { Finding } from "@/server/engine/chaos/finding";
import { sendThroughTrouble, type Trial } from "./sending/trial";

const USAGE = "npm run chaos -- sending [--long] [--wrong] [--seed=N]";

/**
 * Sends campaigns through kills, stops, database crashes and a mail server that misbehaves, and recounts who got what. `--long`:
 * 100,000 recipients instead of 20,000. `--wrong`: with a sender that checkpoints when it fetches, which has to fail.
 */
export async function main(flags: string[]): Promise<never> {
  const seed = Number(flags.find((flag) => flag.startsWith("--seed="))?.slice(7) ?? 7);
  const unknown = flags.filter((flag) => !/^--(long|wrong|seed=\d+)$/.test(flag));
  if (unknown.length > 0) throw new Error(`${unknown.join(" ")}: ${USAGE}`);
  const size = flags.includes("--long") ? 100_000 : 20_000;
  const trials: Trial[] = flags.includes("--wrong")
    ? [{ size: 2_000, seed, onUnknown: "hold", way: "checkpoint-at-fetch", kills: 20 }]
    : [
        { size, seed, onUnknown: "hold", way: "right", kills: 20 },
        { size: size / 5, seed: seed + 1, onUnknown: "resend", way: "right", kills: 6 },
      ];
  const findings: Finding[] = [];
  for (const trial of trials) {
    process.stdout.write(`\n${trial.size} recipients, ${trial.onUnknown}, seed ${trial.seed}\n`);
    for (const finding of await sendThroughTrouble(trial)) {
      findings.push(finding);
      process.stdout.write(`  ${finding.ok ? "✓" : "✗"} ${finding.claim}: ${finding.seen}\n`);
    }
  }
  const failed = findings.filter(({ ok }) => !ok).length;
  process.stdout.write(`\n${findings.length - failed} passed, ${failed} failed\n`);
  process.exit(failed > 0 ? 1 : 0);
}
