import { contentAt, type RunContent, runContentSchema } from "@/server/campaigns/content";

/** Contents that a process keeps: one for each run and step that it has lately sent for. */
const MOST_KEPT = 64;
const kept = new Map<string, RunContent>();

/**
 * What a run says at a step, from the text of its stored content: the same text is the same object, so that what is compiled
 * for it (`compileBodies`) serves every batch. A run that lets people in one by one has twenty batches a second, and compiling
 * a mail costs more than sending it. @throws ZodError for a content that no run can have
 */
export function keptContent(text: string, step: number): RunContent {
  const key = `${step} ${text}`;
  const content = kept.get(key) ?? contentAt(runContentSchema.parse(JSON.parse(text)), step);
  // The last one used is the last one to go.
  kept.delete(key);
  kept.set(key, content);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return content;
}
