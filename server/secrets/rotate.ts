import type { Sql } from "postgres";
import { env } from "@/env";
import { type EncryptionKeys, readEncryptionKeys } from "@/server/platform/encryption-keys";
import { loadSecrets, newSecret, writeSecrets } from "@/server/platform/installation";
import { decryptWith, encryptWith, sealOf } from "@/server/platform/secrets";

/** Every column that holds what `encryptSecret` made, in the order in which their tables are locked. */
export const sealedColumns = [
  ["channel_accounts", "encrypted_secrets"],
  ["channel_accounts", "encrypted_dkim_key"],
  ["system_mails", "encrypted_text"],
  ["telephony_accounts", "encrypted_secrets"],
] as const;

const BATCH = 100;
const UNREADABLE_SHOWN = 5;

export type Rotation = {
  /** The owner's connection: it passes row-level security. */
  owner: Sql;
  dataDir: string;
  /** Told after each batch, how many rows this run has re-encrypted. */
  onBatch?: (rows: number) => void;
};

export type Rotated = {
  rows: number;
  /** `table id` of some that neither key opens; they were lost before and stay as they are. */
  unreadable: string[];
  /** False where the operator's environment names the old secret: it has to be taken out there. */
  finished: boolean;
};

/**
 * Gives stored secrets a new key: makes one (or goes on with a rotation that was cut off), re-encrypts everything in batches,
 * each a transaction, and then refuses the old one. Processes go on working: they read the keys anew each time, and take both.
 */
export async function rotateSecrets({ owner, dataDir, onBatch }: Rotation): Promise<Rotated> {
  if (!env.ENCRYPTION_SECRET) begin(dataDir);
  const keys = readEncryptionKeys();
  const unreadable = new Set<string>();
  let rows = 0;
  const pass = async (transact: Transact) => {
    for (const column of sealedColumns)
      for await (const batch of reencrypt(transact, keys, column)) {
        for (const place of batch.unreadable) unreadable.add(place);
        rows += batch.rows;
        onBatch?.(rows);
      }
  };
  const each: Transact = (work) => owner.begin((tx) => work(tx as unknown as Sql)) as ReturnType<typeof work>;
  await pass(each);
  if (!env.ENCRYPTION_SECRET) {
    await owner.begin(async (tx) => {
      const sql = tx as unknown as Sql;
      // Whoever encrypted with the old key a moment ago has committed, or waits and is found by the pass after this.
      for (const table of new Set(sealedColumns.map(([name]) => name)))
        await sql`lock table ${sql(table)} in share row exclusive mode`;
      await pass((work) => work(sql));
      const { ENCRYPTION_SECRET_PREVIOUS: _, ...kept } = loadSecrets(dataDir);
      writeSecrets(dataDir, kept);
    });
    await pass(each);
  }
  return {
    rows,
    unreadable: [...unreadable].slice(0, UNREADABLE_SHOWN),
    finished: env.ENCRYPTION_SECRET === undefined,
  };
}

/** From here on the new secret encrypts and both are accepted. A rotation that is under way keeps its own. */
function begin(dataDir: string): void {
  const secrets = loadSecrets(dataDir);
  if (secrets.ENCRYPTION_SECRET_PREVIOUS) return;
  writeSecrets(dataDir, {
    ...secrets,
    ENCRYPTION_SECRET: newSecret(),
    ENCRYPTION_SECRET_PREVIOUS: secrets.ENCRYPTION_SECRET ?? env.RINGBACK_SECRET,
  });
}

type Batch = { last: string; rows: number; unreadable: string[] };
type Transact = <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;

/** Re-encrypts one column, a batch a transaction. */
async function* reencrypt(
  transact: Transact,
  keys: EncryptionKeys,
  column: (typeof sealedColumns)[number],
): AsyncGenerator<Batch> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const from = after;
    const batch = await transact((sql) => reencryptBatch(sql, { keys, column, after: from }));
    if (!batch) return;
    yield batch;
    after = batch.last;
  }
}

type Place = { keys: EncryptionKeys; column: (typeof sealedColumns)[number]; after: string };

async function reencryptBatch(sql: Sql, { keys, column, after }: Place): Promise<Batch | null> {
  const [table, name] = column;
  const found = await sql<{ id: string; sealed: string }[]>`
    select id, ${sql(name)} as sealed from ${sql(table)}
    where id > ${after} and ${sql(name)} <> '' and not starts_with(${sql(name)}, ${sealOf(keys.current.id)})
    order by id limit ${BATCH} for update`;
  const last = found.at(-1)?.id;
  if (last === undefined) return null;
  const opened = found.map(({ id, sealed }) => ({ id, plain: open(keys, sealed) }));
  const moved = opened.flatMap(({ id, plain }) =>
    plain === null ? [] : [{ id, sealed: encryptWith(keys.current, plain) }],
  );
  await sql`
    update ${sql(table)} t set ${sql(name)} = v.sealed
    from unnest(${moved.map(({ id }) => id)}::uuid[], ${moved.map(({ sealed }) => sealed)}::text[]) as v(id, sealed)
    where t.id = v.id`;
  const unreadable = opened.filter(({ plain }) => plain === null).map(({ id }) => `${table} ${id}`);
  return { last, rows: moved.length, unreadable };
}

function open(keys: EncryptionKeys, sealed: string): string | null {
  try {
    return decryptWith(keys, sealed);
  } catch {
    return null; // it was lost before this rotation
  }
}
