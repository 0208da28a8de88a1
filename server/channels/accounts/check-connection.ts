import { withTransaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { AppError } from "@/server/platform/errors";
import { newId } from "@/server/platform/ids";
import type { CheckResult } from "../adapter";
import { makeAdapter } from "../adapters";
import type { CheckConnectionInput } from "../schemas";
import { lockAccount } from "./find-account";
import { keptSecrets, readSettings } from "./settings-of";

/** A provider that cannot be asked: only a test message tells. */
export type ConnectionCheck = CheckResult | { ok: null; sentence: string };

/** Asks the provider whether the settings of a form work, before they are saved; nothing is sent and nothing is stored. */
export async function checkConnection(ctx: Context, input: CheckConnectionInput): Promise<ConnectionCheck> {
  const stored = input.accountId === null ? {} : await secretsOf(ctx, input.accountId, input);
  const { config, secrets } = readSettings(input.provider, input, stored);
  const adapter = makeAdapter(
    {
      ...{ id: newId(), channel: input.channel, provider: input.provider, config },
      ...{ workspaceId: ctx.workspaceId, webhookGeneration: 0 },
    },
    secrets,
  );
  try {
    if (!adapter.check)
      return {
        ok: null,
        sentence: "This provider cannot be asked without sending. Save, and send yourself a test.",
      };
    return await adapter.check();
  } finally {
    await adapter.close();
  }
}

function secretsOf(
  ctx: Context,
  accountId: string,
  input: CheckConnectionInput,
): Promise<Record<string, string>> {
  return withTransaction(ctx, async (tx) => {
    const row = await lockAccount(tx, ctx, accountId);
    // Stored secrets go to the provider that they were entered for, and to nobody else.
    if (row.provider !== input.provider)
      throw new AppError("BAD_INPUT", "The account is another provider’s. Add an account for this one.");
    return keptSecrets(row, input);
  });
}
