import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { CampaignDetail } from "@/server/campaigns/get";
import { statusLabels } from "@/server/campaigns/status";
import type { RunFigures } from "@/server/deliveries";
import { formatCount, formatDuration } from "@/server/platform/format";

/** How far a run is, how fast it goes and when it ends. */
export function RunProgress({ campaign, figures }: { campaign: CampaignDetail; figures: RunFigures }) {
  const { status, run } = campaign;
  const freezing = run?.status === "freezing";
  const waiting = figures.pending + figures.held + figures.retrying + figures.sending;
  const moving = status === "active" && !freezing;
  return (
    <Card>
      <Progress
        label={labelOf(status, freezing, figures.targeted > 0 && waiting === 0 ? goneWords(campaign) : null)}
        done={figures.targeted - waiting}
        total={freezing ? null : figures.targeted}
        unit="messages"
        tone={statusLabels[status].tone}
        remaining={
          moving && figures.perSecond && figures.pending > 0 ? figures.pending / figures.perSecond : null
        }
      />
      <p className="mt-2 text-muted text-sm tabular-nums">{paceWords(figures, moving)}</p>
    </Card>
  );
}

function labelOf(status: CampaignDetail["status"], freezing: boolean, gone: string | null): string {
  if (status !== "active") return statusLabels[status].label;
  if (freezing) return "Fixing the audience";
  return gone ?? statusLabels[status].label;
}

/** Nothing is on its way while a rest waits for a test's winner, or a recurring campaign for its next time. */
const goneWords = ({ abTest, schedule }: CampaignDetail): string =>
  abTest !== null && abTest.testShare < 100 && schedule.kind !== "recurring"
    ? "The test is sent, the rest waits for its winner"
    : "Sent so far";

function paceWords(figures: RunFigures, moving: boolean): string {
  const { startedAt, completedAt, perSecond, held, retrying, sending } = figures;
  const parts: string[] = [];
  if (completedAt && startedAt)
    parts.push(`Took ${formatDuration((completedAt.getTime() - startedAt.getTime()) / 1000)}`);
  if (perSecond && (moving || completedAt))
    parts.push(`${formatCount(perSecond, perSecond < 10 ? 1 : 0)} a second`);
  if (moving && sending > 0) parts.push(`${formatCount(sending)} on their way`);
  if (held > 0) parts.push(`${formatCount(held)} held`);
  if (retrying > 0) parts.push(`${formatCount(retrying)} to be tried again`);
  return parts.join(" · ");
}
