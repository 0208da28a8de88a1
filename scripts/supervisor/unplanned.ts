import fs from "node:fs";
import path from "node:path";

const WORDS = "unplanned restart of";

/** What the log says when a process ended that nobody had stopped, and is started again. */
export const unplannedRestart = (name: string): string => `${WORDS} ${name}`;

/** The lines that say so in the log of a data directory, the part that was set aside first. */
export function unplannedRestarts(dataDir: string): string[] {
  return ["ringback.log.1", "ringback.log"]
    .map((name) => path.join(dataDir, name))
    .filter((file) => fs.existsSync(file))
    .flatMap((file) => fs.readFileSync(file, "utf8").split("\n"))
    .filter((line) => line.startsWith('{"process":"supervisor"') && line.includes(WORDS));
}
