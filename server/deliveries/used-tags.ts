import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { compileBodies } from "@/server/templates";

// A lease asks for each micro-batch, and for each member, of one content.
const known = new WeakMap<RunContent, Map<Channel, readonly string[]>>();

/** The tags that a content's bodies for a channel use. */
export function usedTags(content: RunContent, channel: Channel): readonly string[] {
  const channels = known.get(content) ?? new Map<Channel, readonly string[]>();
  known.set(content, channels);
  const tags = channels.get(channel) ?? compileBodies(content).tags([channel]).used;
  channels.set(channel, tags);
  return tags;
}
