import type { Context } from "@/server/platform/context";
import { EVERYTHING, listenToTopics } from "./listen";

/**
 * The topics of the caller's workspace as they move, for one tab. The first message is `["*"]`, sent once listening has
 * begun: whatever moved before the stream, or while it was cut, is re-read then, so nothing falls into the gap.
 */
export async function* streamTopics(ctx: Context, signal: AbortSignal | undefined): AsyncGenerator<string[]> {
  const waiting = new Set<string>([EVERYTHING]);
  let wake = () => {};
  const stop = await listenToTopics(ctx.workspaceId, (topics) => {
    for (const topic of topics) waiting.add(topic);
    wake();
  });
  signal?.addEventListener("abort", () => wake(), { once: true });
  try {
    while (!signal?.aborted) {
      if (waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve));
      if (signal?.aborted) return;
      const topics = [...waiting];
      waiting.clear();
      yield topics;
    }
  } finally {
    stop();
  }
}
