import { closeDatabase } from "@/db/client";
import { withHotTransaction } from "@/db/transaction";
import { accountFor, closeAdapters } from "@/server/channels";
import { metaSettings } from "@/server/channels/meta/testing/fake";
import { whatsapp } from "@/server/channels/testing/messages";
import { systemContext } from "@/server/platform/context";
import { logger } from "@/server/platform/logger";
import { t } from "../init";
import { appRouter } from "../root";

/**
 * An administrator's whole way with an account, in a process whose output is read: adds, checks, changes, tests and sends
 * with it, rightly and wrongly. Prints what tRPC answered; everything else is the log at its most talkative.
 */
const [workspaceId = "", userId = ""] = process.argv.slice(2);

const caller = t.createCallerFactory(appRouter)({
  requestId: "secrets",
  signedIn: {
    sessionId: "secrets",
    role: "admin",
    isApprover: false,
    membershipId: null,
    user: { id: userId },
    workspace: { id: workspaceId },
  } as never,
});

const { accessToken, appSecret, phoneNumberId, businessAccountId } = metaSettings;
const form = {
  channel: "whatsapp",
  provider: "meta",
  name: "Meta",
  config: { phoneNumberId, businessAccountId },
  secrets: { accessToken, appSecret },
} as const;

const answers: unknown[] = [];
const ask = async (question: () => Promise<unknown>) => {
  answers.push(await question().catch((error: Error) => ({ refused: error.message, error })));
};

await ask(() => caller.channels.checkConnection({ ...form, accountId: null }));
await ask(() =>
  caller.channels.checkConnection({ ...form, accountId: null, config: { phoneNumberId: "1" } }),
);
await ask(() => caller.channels.addAccount({ ...form, secrets: { accessToken, appSecret: "short" } }));
const { accountId } = await caller.channels.addAccount({ ...form, makeDefault: true });
await ask(() => caller.channels.changeAccount({ ...form, accountId, name: "Renamed" }));
await ask(() => caller.channels.sendTest({ accountId, to: "+919812345678" }));
await ask(() => caller.channels.sendTest({ accountId: "nonsense", to: "+919812345678" }));
await ask(() => caller.channels.syncTemplates({ accountId }));
await ask(() => caller.channels.accounts());
await ask(() => caller.audit.list({}));

const { adapter } = await withHotTransaction(workspaceId, (sql) => accountFor(sql, workspaceId, "whatsapp"));
await ask(() => adapter.send(workspaceId, [whatsapp()], { start: () => true, finish: () => {} }));
await withHotTransaction(
  workspaceId,
  (sql) => sql`update channel_accounts set encrypted_secrets = 'v1.broken' where id = ${accountId}`,
);
const broken = await withHotTransaction(workspaceId, (sql) => accountFor(sql, workspaceId, "whatsapp"));
await ask(() => broken.adapter.send(workspaceId, [whatsapp()], { start: () => true, finish: () => {} }));

logger.info({ context: systemContext(workspaceId), answers }, "what was answered");
await closeAdapters();
await closeDatabase();
