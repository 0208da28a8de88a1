import type { Finding } from "@/server/engine/chaos/finding";
import { arrangeDay } from "./day/arrange";
import { liveDay } from "./day/hours";
import { judgeDay } from "./day/judge";

const USAGE = "npm run chaos -- day [--long] [--seed=N]";

/** How much happens. The long one is the day of a middling insurer. */
const sizes = {
  short: { customers: 2_000, campaigns: 5, automations: 2, agents: 6, callbacks: 150 },
  long: { customers: 50_000, campaigns: 20, automations: 10, agents: 40, callbacks: 5_000 },
};
export type Size = (typeof sizes)["short"] & { seed: number };

/**
 * A day of production on a clock that is moved: from 08:00 to 22:00 in steps of 15 minutes campaigns are launched, events come in,
 * automations let people in, scripted customers answer, people ask to be called and agents call them. A real worker process, the
 * real engine, the sandbox. At its end every promise is recounted from rows.
 */
export async function main(flags: string[]): Promise<never> {
  const unknown = flags.filter((flag) => !/^--(long|seed=\d+)$/.test(flag));
  if (unknown.length > 0) throw new Error(`${unknown.join(" ")}: ${USAGE}`);
  const seed = Number(flags.find((flag) => flag.startsWith("--seed="))?.slice(7) ?? 7);
  const size: Size = { ...sizes[flags.includes("--long") ? "long" : "short"], seed };
  const began = performance.now();
  process.stdout.write(`${JSON.stringify(size)}\n`);
  const day = await arrangeDay(size);
  let findings: Finding[] = [];
  try {
    await liveDay(day, size);
    findings = await judgeDay(day, size);
  } finally {
    await day.stop();
  }
  for (const { ok, claim, seen } of findings) process.stdout.write(`  ${ok ? "✓" : "✗"} ${claim}: ${seen}\n`);
  const failed = findings.filter(({ ok }) => !ok).length;
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  process.stdout.write(`\n${findings.length - failed} passed, ${failed} failed, in ${minutes} min\n`);
  process.exit(failed > 0 ? 1 : 0);
}
