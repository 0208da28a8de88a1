import { withTransaction } from "@/db/transaction";
import { systemContext } from "@/server/platform/context";
import { bumpTopics } from "@/server/platform/realtime";
import { Loop } from "./loop";

/** Least time between two rises of a topic while messages flow. */
const COALESCE_MS = 300;

/** Raises topics for open tabs, at most one transaction a workspace every 300 ms however many messages were sent. */
export class Bumper {
  readonly #moved = new Map<string, Set<string>>();
  readonly #loop = new Loop("bumper", COALESCE_MS, () => this.#flush());

  start(): void {
    this.#loop.start();
  }

  touch(workspaceId: string, ...topics: string[]): void {
    const moved = this.#moved.get(workspaceId) ?? new Set();
    for (const topic of topics) moved.add(topic);
    this.#moved.set(workspaceId, moved);
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#flush().catch(() => {}); // the tabs read again when they reconnect
  }

  async #flush(): Promise<boolean> {
    const moved = [...this.#moved];
    this.#moved.clear();
    for (const [workspaceId, topics] of moved) {
      const ctx = systemContext(workspaceId);
      try {
        await withTransaction(ctx, (tx) => bumpTopics(tx, ctx, ...topics));
      } catch (error) {
        this.touch(workspaceId, ...topics);
        throw error;
      }
    }
    return false;
  }
}
