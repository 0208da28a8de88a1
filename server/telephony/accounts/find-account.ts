import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/transaction";
import type { Context } from "@/server/platform/context";
import { required } from "@/server/platform/errors";
import { parseId } from "@/server/platform/ids";
import type { TelephonyAccountRow } from "../adapters";

export type TelephonyAccount = TelephonyAccountRow & {
  name: string;
  status: "active" | "paused" | "archived";
  callsPerMinute: number;
};

/** An account by its id, whatever its state. @throws AppError NOT_FOUND */
export async function findTelephonyAccount(
  tx: Transaction,
  ctx: Context,
  accountId: string,
): Promise<TelephonyAccount> {
  const [row] = await tx.execute<TelephonyAccount>(sql`
    select id, provider, name, config, encrypted_secrets as "encryptedSecrets", status,
      calls_per_minute as "callsPerMinute"
    from telephony_accounts where workspace_id = ${ctx.workspaceId} and id = ${parseId(accountId)}`);
  return required(row, "account");
}
