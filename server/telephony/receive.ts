import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { isId } from "@/server/platform/ids";
import { type TelephonyAccountRow, telephonyAdapterOf } from "./adapters";
import { isMissedCall } from "./webhook-address";

export type IncomingReport = {
  accountId: string;
  /** `/api/webhooks/calls/…` with its query, as it was called. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
};

/**
 * Takes what a provider tells of a call: proven over the raw bytes, and stored before anything is done with it. `unknown`: no
 * such account; `refused`: not its provider's. Nobody's missed calls come through an account that was put away, while what
 * still comes of its own calls is taken.
 * @throws Error while the account cannot be set up
 */
export async function receiveCallReport(call: IncomingReport): Promise<"stored" | "unknown" | "refused"> {
  const workspaceId = await workspaceOf(call.accountId);
  if (!workspaceId) return "unknown";
  return withHotTransaction(workspaceId, async (sql) => {
    const [account] = await sql<(TelephonyAccountRow & { status: string })[]>`
      select id, provider, config, encrypted_secrets as "encryptedSecrets", status from telephony_accounts
      where id = ${call.accountId} and workspace_id = ${workspaceId}`;
    if (!account) return "unknown";
    // The address as the provider was given it: a proxy before us may have another.
    const url = env.RINGBACK_URL + call.path;
    const { headers, body } = call;
    if (account.status === "archived" && isMissedCall(url)) return "refused";
    if (!telephonyAdapterOf(account).webhooks.verify({ url, headers, body })) return "refused";
    await sql`
      insert into webhook_receipts (workspace_id, account_id, provider, url, headers, body)
      values (${workspaceId}, ${account.id}, ${account.provider}, ${url},
        ${sql.json({ "content-type": (headers["content-type"] ?? "").slice(0, 200) })}, ${body})`;
    return "stored";
  });
}

/** Whether any workspace has an account of this id. */
export const telephonyAccountExists = async (accountId: string): Promise<boolean> =>
  (await workspaceOf(accountId)) !== null;

async function workspaceOf(accountId: string): Promise<string | null> {
  if (!isId(accountId)) return null;
  const [row] = await hotSql()<{ id: string | null }[]>`
    select workspace_of_telephony_account(${accountId}) as id`;
  return row?.id ?? null;
}
