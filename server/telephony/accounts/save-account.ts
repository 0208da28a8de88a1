import { sql } from "drizzle-orm";
import { type Transaction, withTransaction } from "@/db/transaction";
import { recordAudit } from "@/server/platform/audit";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import { bumpTopics } from "@/server/platform/realtime";
import { encryptSecret } from "@/server/platform/secrets";
import { openSecrets } from "../adapters";
import type { SaveAccountInput } from "../schemas";
import { telephonyProviders } from "../status";
import { findTelephonyAccount } from "./find-account";
import { readSettings } from "./settings-of";

/**
 * Connects an account, or changes one; secrets that are left empty stay. They are encrypted before they are stored and never
 * leave the server again. @throws AppError BAD_INPUT naming the field; CONFLICT in the demo workspace; NOT_FOUND
 */
export function saveAccount(ctx: Context, input: SaveAccountInput): Promise<{ accountId: string }> {
  return withTransaction(ctx, async (tx) => {
    const accountId = input.accountId === null ? await add(tx, ctx, input) : await change(tx, ctx, input);
    await recordAudit(tx, ctx, {
      action: input.accountId === null ? "telephony_account.added" : "telephony_account.changed",
      subjectType: "telephony_account",
      subjectId: accountId,
      after: { provider: input.provider, name: input.name, callsPerMinute: input.callsPerMinute },
    });
    await bumpTopics(tx, ctx, "telephony", "callbacks");
    return { accountId };
  });
}

async function add(tx: Transaction, ctx: Context, input: SaveAccountInput): Promise<string> {
  await refuseDemo(tx, ctx);
  const { config, secrets } = readSettings(input.provider, input);
  const id = newId();
  await tx.execute(sql`
    insert into telephony_accounts (id, workspace_id, provider, name, config, encrypted_secrets, calls_per_minute)
    values (${id}, ${ctx.workspaceId}, ${input.provider}, ${input.name}, ${JSON.stringify(config)}::jsonb,
      ${encryptSecret(JSON.stringify(secrets))}, ${input.callsPerMinute ?? telephonyProviders[input.provider].callsPerMinute})`);
  return id;
}

async function change(tx: Transaction, ctx: Context, input: SaveAccountInput): Promise<string> {
  const now = await findTelephonyAccount(tx, ctx, input.accountId ?? "");
  if (now.provider !== input.provider)
    throw new AppError("BAD_INPUT", "The account is another provider’s. Connect a new one instead.");
  const { config, secrets } = readSettings(input.provider, input, storedSecrets(now.encryptedSecrets));
  await tx.execute(sql`
    update telephony_accounts set name = ${input.name}, config = ${JSON.stringify(config)}::jsonb,
      encrypted_secrets = ${encryptSecret(JSON.stringify(secrets))},
      calls_per_minute = ${input.callsPerMinute ?? now.callsPerMinute}, updated_at = clock_now()
    where workspace_id = ${ctx.workspaceId} and id = ${now.id}`);
  return now.id;
}

/** Empty where they cannot be read any more (another RINGBACK_SECRET): then all are asked for anew. */
export function storedSecrets(encrypted: string): Record<string, string> {
  try {
    return openSecrets(encrypted);
  } catch {
    return {};
  }
}

/** The demo's people are made up: whoever has their numbers must never be called. */
async function refuseDemo(tx: Transaction, ctx: Context): Promise<void> {
  const [row] = await tx.execute<{ isDemo: boolean }>(
    sql`select is_demo as "isDemo" from workspaces where id = ${ctx.workspaceId}`,
  );
  if (!row?.isDemo) return;
  throw new AppError(
    "CONFLICT",
    "The demo workspace calls nobody: its people are made up. Create a workspace of your own to connect a provider.",
  );
}
