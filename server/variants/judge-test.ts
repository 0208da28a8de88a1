import type { RunContent } from "@/server/campaigns/content";
import { judge, sampleRatio, type Verdict } from "@/server/statistics";
import type { Arm } from "./count-arms";

type Judged = {
  content: Pick<RunContent, "variants" | "abTest">;
  assigned: readonly number[];
  arms: readonly Arm[];
};

/**
 * What the sequential test says now (`metrics.md`, A/B/n). The split is judged by who was assigned to what: how many of them
 * a message reached depends on the variant itself where it is the channel. A message counts in the arm that it reached.
 */
export function judgeTest({ content: { variants, abTest }, assigned, arms }: Judged): Verdict {
  const ratio = sampleRatio(
    assigned,
    variants.map(({ share }) => share),
  );
  if (ratio?.mismatch) return { kind: "sample_ratio_mismatch", p: ratio.p };
  const counted = arms.map(({ delivered, did }) => ({ n: delivered, x: Math.min(did, delivered) }));
  return judge({
    arms: counted,
    split: counted.map(({ n }) => n),
    minimumSample: abTest?.minimumSample ?? 1,
  });
}
