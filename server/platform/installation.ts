import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type Secrets = {
  RINGBACK_SECRET: string;
  NEXTAUTH_SECRET: string;
  INNGEST_SIGNING_KEY: string;
  INNGEST_EVENT_KEY: string;
};

/** The secrets of this installation: made once, readable by the owner only. Losing the file loses the stored secrets. */
export function loadSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8")) as Secrets;
  const hex = () => randomBytes(32).toString("hex");
  const secrets = {
    RINGBACK_SECRET: hex(),
    NEXTAUTH_SECRET: hex(),
    INNGEST_SIGNING_KEY: `signkey-prod-${hex()}`,
    INNGEST_EVENT_KEY: hex(),
  };
  // Written aside and renamed: a crash in between leaves no half file.
  fs.writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return secrets;
}
