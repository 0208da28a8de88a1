import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type Secrets = {
  RINGBACK_SECRET: string;
  NEXTAUTH_SECRET: string;
  INNGEST_SIGNING_KEY: string;
  INNGEST_EVENT_KEY: string;
  /** What stored secrets are encrypted with since the first `secret rotate`; before it, RINGBACK_SECRET. */
  ENCRYPTION_SECRET?: string;
  /** Still accepted, while a rotation is under way. */
  ENCRYPTION_SECRET_PREVIOUS?: string;
};

export const newSecret = (): string => randomBytes(32).toString("hex");

const fileOf = (dataDir: string): string => path.join(dataDir, "secrets.json");

/** The secrets of this installation: made once, readable by the owner only. Losing the file loses the stored secrets. */
export function loadSecrets(dataDir: string): Secrets {
  const known = readSecrets(dataDir);
  if (known) return known;
  const secrets = {
    RINGBACK_SECRET: newSecret(),
    NEXTAUTH_SECRET: newSecret(),
    INNGEST_SIGNING_KEY: `signkey-prod-${newSecret()}`,
    INNGEST_EVENT_KEY: newSecret(),
  };
  writeSecrets(dataDir, secrets);
  return secrets;
}

/** As they stand now; null where none were made. */
export function readSecrets(dataDir: string): Secrets | null {
  const file = fileOf(dataDir);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Secrets) : null;
}

/** Resolves with the file on the disk: rows that are encrypted next can be read after a power cut. An undefined one is left out. */
export function writeSecrets(dataDir: string, secrets: Secrets): void {
  const file = fileOf(dataDir);
  // Written aside and renamed: a crash in between leaves no half file.
  const aside = fs.openSync(`${file}.new`, "w", 0o600);
  fs.writeFileSync(aside, JSON.stringify(secrets, null, 2));
  fs.fsyncSync(aside);
  fs.closeSync(aside);
  fs.renameSync(`${file}.new`, file);
  const directory = fs.openSync(dataDir, "r");
  fs.fsyncSync(directory);
  fs.closeSync(directory);
}
