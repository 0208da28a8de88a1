import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

/** OWASP's scrypt setting for 32 MiB: 2^15 blocks of 8, three times over. About a quarter of a second on one core. */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

type Cost = { ln: number; r: number; p: number };
type Parsed = { cost: Cost; salt: Buffer; key: Buffer };

function derive(password: string, salt: Buffer, { ln, r, p }: Cost, length: number): Promise<Buffer> {
  const N = 2 ** ln;
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // The same letters typed on two keyboards can be two byte strings; NFKC makes them one.
    scrypt(password.normalize("NFKC"), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const format = ({ ln, r, p }: Cost, salt: Buffer, key: Buffer): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString("base64")}$${key.toString("base64")}`;

function parse(stored: string): Parsed | null {
  const found = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored);
  if (!found) return null;
  const [, ln, r, p, salt = "", key = ""] = found;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: Buffer.from(key, "base64"),
  };
}

/** A memory-hard hash for storage: `$scrypt$ln=…,r=…,p=…$salt$key`; the parameters travel with it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format(COST, salt, await derive(password, salt, COST, KEY_BYTES));
}

// Stands in for the hash of somebody who does not exist, so that the answer takes the same time.
const NOBODY = format(COST, Buffer.alloc(SALT_BYTES, 1), Buffer.alloc(KEY_BYTES));

/**
 * Compares in constant time. `stored` is null for an unknown user or one without a password: the work is done all the
 * same and the answer is false.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parsed = parse(stored ?? NOBODY) ?? parse(NOBODY);
  if (!parsed) return false;
  const key = await derive(password, parsed.salt, parsed.cost, parsed.key.length);
  return timingSafeEqual(key, parsed.key) && stored !== null;
}

/** True for a hash made with other parameters than today's: hash again at the next right password. */
export function needsRehash(stored: string): boolean {
  const cost = parse(stored)?.cost;
  return !cost || cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p;
}
