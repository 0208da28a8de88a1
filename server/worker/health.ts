import { withHotTransaction } from "@/db/transaction";
import { type Account, noteAccepted } from "@/server/channels";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("channel");
const NOTE_MS = 5_000;

/** Notes for each account when it last took a message, at most every five seconds; people read it as its health. */
export class Health {
  readonly #noted = new Map<string, number>();

  accepted({ accountId, workspaceId }: Account): void {
    const now = performance.now();
    if (now - (this.#noted.get(accountId) ?? Number.NEGATIVE_INFINITY) < NOTE_MS) return;
    this.#noted.set(accountId, now);
    withHotTransaction(workspaceId, (sql) => noteAccepted(sql, workspaceId, accountId)).catch(
      (error: unknown) => log.warn({ accountId, message: (error as Error).message }, "health was not noted"),
    );
  }
}
