import fs from "node:fs";
import path from "node:path";
import { env } from "@/env";

/** What a body of the chaos app left behind; times in milliseconds. */
export type Effect = { run: string; body: string; call: string; began: number; at: number };

const fileIn = (dir: string): string => path.join(dir, "effects.jsonl");

/** Appends one line; it stays when the process is killed at once. */
export function appendEffect(effect: Effect): void {
  fs.appendFileSync(fileIn(env.RINGBACK_DATA_DIR), `${JSON.stringify(effect)}\n`);
}

/** All effects that were left in a directory. */
export function readEffects(dir: string): Effect[] {
  if (!fs.existsSync(fileIn(dir))) return [];
  const lines = fs.readFileSync(fileIn(dir), "utf8").split("\n");
  return lines.flatMap((line) => (line ? [JSON.parse(line) as Effect] : []));
}

/** Effects of the same body of the same run, in the order in which they happened. */
export function byBody(effects: Effect[]): Effect[][] {
  const groups = new Map<string, Effect[]>();
  for (const effect of effects) {
    const key = `${effect.run} ${effect.body}`;
    groups.set(key, [...(groups.get(key) ?? []), effect]);
  }
  return [...groups.values()];
}
