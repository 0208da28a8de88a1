import { hotSql } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { env } from "@/env";
import { isId } from "@/server/platform/ids";
import { sameBytes } from "@/server/platform/secrets";
import { accountById } from "../accounts/account-for";
import { verifyToken } from "../webhook-address";

/** More than any provider posts at once (Meta: 3 MB). */
export const LARGEST_CALL = 4 * 1024 * 1024;

export type IncomingCall = {
  /** Of the address that was called. */
  provider: string;
  accountId: string;
  /** `/api/webhooks/…` with its query, as it was called. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
};

/**
 * Takes a provider's call: its signature is checked over the raw bytes, and what it says is stored before anything is done
 * with it. `unknown`: there is no such account; `refused`: the call is not its provider's.
 * @throws BrokenAccount while the account cannot be set up
 */
export async function receiveWebhook(call: IncomingCall): Promise<"stored" | "unknown" | "refused"> {
  const workspaceId = await workspaceOf(call.accountId);
  if (!workspaceId) return "unknown";
  return withHotTransaction(workspaceId, async (sql) => {
    const account = await accountById(sql, workspaceId, call.accountId);
    if (!account) return "unknown";
    const webhooks = account.provider === call.provider ? account.adapter.webhooks : undefined;
    if (!webhooks) return "refused";
    // The address as the provider was given it: a proxy before us may have another.
    const url = env.RINGBACK_URL + call.path;
    if (!webhooks.verify({ url, headers: call.headers, body: call.body })) return "refused";
    await sql`
      insert into webhook_receipts (workspace_id, account_id, provider, url, headers, body)
      values (${workspaceId}, ${call.accountId}, ${call.provider}, ${url}, ${sql.json(kept(call.headers))}, ${call.body})`;
    return "stored";
  });
}

/** Meta's question before it posts: its own challenge, when it names the token that we gave for the account. */
export async function answerHandshake(accountId: string, query: URLSearchParams): Promise<string | null> {
  const given = Buffer.from(query.get("hub.verify_token") ?? "");
  const workspaceId = query.get("hub.mode") === "subscribe" ? await workspaceOf(accountId) : null;
  if (!workspaceId) return null;
  const [door] = await withHotTransaction(
    workspaceId,
    (sql) => sql<{ id: string; webhookGeneration: number }[]>`
      select id, webhook_generation as "webhookGeneration" from channel_accounts
      where id = ${accountId} and workspace_id = ${workspaceId}`,
  );
  return door && sameBytes(given, Buffer.from(verifyToken(door))) ? query.get("hub.challenge") : null;
}

/** Whether any workspace has an account of this id. */
export const accountExists = async (accountId: string): Promise<boolean> =>
  (await workspaceOf(accountId)) !== null;

async function workspaceOf(accountId: string): Promise<string | null> {
  if (!isId(accountId)) return null;
  const [row] = await hotSql()<{ id: string | null }[]>`select workspace_of_account(${accountId}) as id`;
  return row?.id ?? null;
}

/** What reading the body needs, and what tells whether the call was the provider's; never cookies of anybody. */
const KEPT = ["content-type", "user-agent", "x-hub-signature-256", "x-twilio-signature"];

const kept = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name].slice(0, 500)]])),
  );
