import type { RunContent } from "@/server/campaigns/content";
import type { Channel } from "@/server/channels/status";
import { type CompiledBodies, compileBodies } from "@/server/templates";

// A lease asks for each micro-batch of one content.
const compiled = new WeakMap<RunContent, CompiledBodies>();

/** The tags that a content's bodies for a channel use. */
export function usedTags(content: RunContent, channel: Channel): readonly string[] {
  const known = compiled.get(content) ?? compileBodies(content);
  compiled.set(content, known);
  return known.tags([channel]).used;
}
