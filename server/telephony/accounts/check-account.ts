import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import type { CheckResult } from "../adapter";
import { makeTelephonyAdapter } from "../adapters";
import type { CheckAccountInput } from "../schemas";
import { findTelephonyAccount } from "./find-account";
import { storedSecrets } from "./save-account";
import { readSettings } from "./settings-of";

/** Asks the provider whether the settings of a form work, before they are saved; nobody is called, nothing is stored. */
export async function checkAccount(ctx: Context, input: CheckAccountInput): Promise<CheckResult> {
  const stored = input.accountId === null ? {} : await secretsOf(ctx, input.accountId, input.provider);
  const { config, secrets } = readSettings(input.provider, input, stored);
  const adapter = makeTelephonyAdapter({
    id: input.accountId ?? newId(),
    provider: input.provider,
    config,
    secrets,
  });
  try {
    return await adapter.check();
  } finally {
    await adapter.close();
  }
}

function secretsOf(ctx: Context, accountId: string, provider: string): Promise<Record<string, string>> {
  return withTransaction(ctx, async (tx) => {
    const row = await findTelephonyAccount(tx, ctx, accountId);
    // Stored secrets go to the provider that they were entered for, and to nobody else.
    if (row.provider !== provider)
      throw new AppError("BAD_INPUT", "The account is another provider’s. Add an account for this one.");
    return storedSecrets(row.encryptedSecrets);
  });
}
