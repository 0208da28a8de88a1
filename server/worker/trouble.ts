import { noteChannelTrouble } from "@/server/deliveries/pause-for-channel";
import { systemContext } from "@/server/platform/context";
import { loggerFor } from "@/server/platform/logger";

const log = loggerFor("channel");
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Failures in a row after which the campaign says so on screen. */
const SHOWN_AFTER = 3;

type Campaign = { workspaceId: string; campaignId: string };

/** A channel that does not answer: how long to wait before it is tried again, and which campaigns say so. */
export class Trouble {
  #failures = 0;
  #until = 0;
  readonly #shown = new Map<string, Campaign>();

  /** True while nothing new should be begun. */
  get waiting(): boolean {
    return performance.now() < this.#until;
  }

  /** Waits a little without blaming the channel. */
  pause(): void {
    this.#until = performance.now() + FIRST_WAIT_MS;
  }

  async add(campaign: Campaign, sentence: string): Promise<void> {
    // Several lanes find the same trouble at once; it is one failure.
    if (!this.waiting) {
      const wait = Math.min(FIRST_WAIT_MS * 2 ** this.#failures++, LONGEST_WAIT_MS);
      this.#until = performance.now() + wait;
      log.warn({ failures: this.#failures, waitMs: wait }, "the channel does not answer");
    }
    if (this.#failures < SHOWN_AFTER) return;
    this.#shown.set(campaign.campaignId, campaign);
    await noteChannelTrouble(systemContext(campaign.workspaceId), campaign.campaignId, sentence);
  }

  /** The channel took a message. */
  clear(): void {
    if (this.#failures === 0) return;
    log.info("the channel answers again");
    this.#failures = 0;
    this.#until = 0;
    const shown = [...this.#shown.values()];
    this.#shown.clear();
    for (const { workspaceId, campaignId } of shown)
      noteChannelTrouble(systemContext(workspaceId), campaignId, null).catch((error: unknown) =>
        log.warn({ campaignId, message: (error as Error).message }, "an old warning stays on a campaign"),
      );
  }
}
