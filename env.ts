import path from "node:path";
import { z } from "zod";

/**
 * Every environment variable that Ringback reads, parsed once. The only file that touches `process.env`.
 * The supervisor (`scripts/supervisor`) fills what is unset from the data directory before it starts a process.
 */
const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  /** Postgres ≥ 15 as the owner role; unset means the embedded server. */
  DATABASE_URL: z.string().default(""),
  /** Optional separate login that is a member of `ringback_app`; unset means DATABASE_URL with `role=ringback_app`. */
  DATABASE_APP_URL: z.string().optional(),
  /** Requests that one API key may send in a minute, to each web process. */
  API_REQUESTS_PER_MINUTE: z.coerce.number().int().positive().default(3_000),
  DATABASE_POOL: z.coerce.number().int().positive().default(10),
  RINGBACK_DATA_DIR: z.string().default(path.join(process.cwd(), ".ringback")),
  /** Root secret: signs public ids and links, hashes suppressed addresses; encrypts stored secrets until their first rotation. */
  RINGBACK_SECRET: z.string().default(""),
  /** What stored secrets are encrypted with, and what they may be encrypted with still; unset: secrets.json, else RINGBACK_SECRET. */
  ENCRYPTION_SECRET: z.string().optional(),
  ENCRYPTION_SECRET_PREVIOUS: z.string().optional(),
  NEXTAUTH_SECRET: z.string().optional(),
  /** The address people reach the product at, without a slash at its end; links in messages start with it. */
  RINGBACK_URL: z
    .string()
    .default("http://localhost:3000")
    .transform((address) => address.replace(/\/+$/, "")),
  PORT: z.coerce.number().int().default(3000),
  HOST: z.string().default("127.0.0.1"),
  WORKER_PORT: z.coerce.number().int().default(8289),
  ENGINE_PORT: z.coerce.number().int().default(8288),
  /** Calls to functions that one engine process keeps in flight. */
  ENGINE_WORKERS: z.coerce.number().int().positive().default(50),
  /** Days after which ended runs and their events are deleted. */
  ENGINE_RETENTION_DAYS: z.coerce.number().positive().default(14),
  /** Where `npm run conformance` finds an engine, and which kind; unset means that it starts the embedded one. */
  ENGINE_URL: z.string().optional(),
  ENGINE_KIND: z.enum(["embedded", "inngest"]).default("embedded"),
  /** "1" lets HTTP move the engine's clock; tests only. */
  ENGINE_TEST_CLOCK: z.enum(["0", "1"]).default("0"),
  /** smtp://user:pass@host:port; unset means that mail goes to the sandbox inbox. */
  SMTP_URL: z.string().optional(),
  /** "1" lets accounts that people set up name mail servers inside this installation's own network. */
  ALLOW_PRIVATE_HOSTS: z.enum(["0", "1"]).default("0"),
  /** Where the providers answer; another address for a proxy, or for tests. */
  META_API_URL: z.string().default("https://graph.facebook.com"),
  TWILIO_API_URL: z.string().default("https://api.twilio.com"),
  TWILIO_CONTENT_URL: z.string().default("https://content.twilio.com"),
  /** Unset: by the account's region. */
  EXOTEL_API_URL: z.string().optional(),
  MSG91_API_URL: z.string().default("https://control.msg91.com"),
  /** The domain whose mail comes to us: bounces, complaints and answers. Unset: none is received. */
  INBOUND_MAIL_DOMAIN: z.string().optional(),
  /** Where the worker listens for that mail (SMTP, without TLS: behind a mail server); unset: it does not. */
  INBOUND_SMTP_PORT: z.coerce.number().int().optional(),
  INBOUND_SMTP_HOST: z.string().default("127.0.0.1"),
  MAIL_FROM: z.string().default("Ringback <no-reply@ringback.invalid>"),
  /** A bucket of S3 or a service that speaks like it, for uploaded files; unset means the data directory. */
  FILES_S3_ENDPOINT: z.string().optional(),
  FILES_S3_BUCKET: z.string().optional(),
  FILES_S3_REGION: z.string().default("us-east-1"),
  FILES_S3_KEY_ID: z.string().optional(),
  FILES_S3_SECRET: z.string().optional(),
  OIDC_ISSUER: z.string().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY_FALLBACK: z.string().optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_BASE_URL: z.string().optional(),
  /** How long (seconds) a process that is to stop says so at `/readyz` or `/health` before it takes nothing new. */
  DRAIN_SECONDS: z.coerce.number().min(0).max(300).default(0),
  /** How many requests the fuzz of the REST door sends, over all operations, and by which seed; tests only. */
  FUZZ_REQUESTS: z.coerce.number().int().positive().default(1_500),
  FUZZ_SEED: z.coerce.number().int().default(11),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

export type Env = z.infer<typeof schema>;

// An empty variable means "not set": hosts often define names without values.
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));

export const env: Env = schema.parse(given);

/** The environment for a child process: this one's, with `extra` over it; undefined removes a name. */
export function childEnvironment(extra: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra } as NodeJS.ProcessEnv;
}
