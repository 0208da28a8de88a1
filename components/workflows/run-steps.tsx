import { ChevronRight, CircleCheck, CircleX, Hourglass } from "lucide-react";
import { Time } from "@/components/ui/time";
import type { RunDetail } from "@/server/workflows/get-run";
import { JsonBlock, TextBlock } from "./json-block";
import { stepWords, tookWords } from "./words";

type Step = RunDetail["steps"][number];
type RunStepsProps = { detail: Pick<RunDetail, "run" | "steps">; zone: string };

const looks = {
  done: { icon: CircleCheck, word: "Done", className: "text-good" },
  failed: { icon: CircleX, word: "Failed", className: "text-danger" },
  pending: { icon: Hourglass, word: "Not finished", className: "text-information" },
} as const;

/** The steps of a run in the order in which they finished; one opens to what went in and came out. */
export function RunSteps({ detail: { run, steps }, zone }: RunStepsProps) {
  if (steps.length === 0)
    return (
      <p className="text-muted text-sm">{run.endedAt ? "No step finished." : "No step has finished yet."}</p>
    );
  return (
    <ol className="divide-y divide-line rounded-md border border-line">
      {steps.map((step) => (
        <li key={step.id}>
          <StepLine step={step} start={run.createdAt} zone={zone} />
        </li>
      ))}
    </ol>
  );
}

/** Most steps take nothing in: the SDK then says `{}`. */
const hasContent = (input: unknown): boolean =>
  input !== null && (typeof input !== "object" || Object.keys(input).length > 0);

function StepLine({ step, start, zone }: { step: Step; start: Date; zone: string }) {
  const { icon: Icon, word, className } = looks[step.state];
  const words = stepWords(step);
  return (
    <details className="group text-sm">
      <summary className="flex cursor-pointer list-none items-center gap-2 px-3 py-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
        <Icon aria-label={word} className={`size-4 shrink-0 ${className}`} />
        <span className="min-w-0 flex-1 truncate">
          {step.name}
          {words && <span className="ml-2 text-faint text-xs">{words}</span>}
        </span>
        {step.endedAt && (
          <span title="Finished so long after its event arrived" className="text-faint text-xs tabular-nums">
            +{tookWords(start, step.endedAt)}
          </span>
        )}
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-faint transition-transform group-open:rotate-90"
        />
      </summary>
      <div className="flex flex-col gap-3 border-line border-t px-3 py-3">
        <p className="text-muted text-xs">
          {step.endedAt ? (
            <>
              Finished <Time value={step.endedAt.toISOString()} zone={zone} show="exact" />
              {step.endedAt > step.queuedAt && ` after ${tookWords(step.queuedAt, step.endedAt)}`}
            </>
          ) : (
            <>
              Since <Time value={step.queuedAt.toISOString()} zone={zone} show="exact" />
            </>
          )}
          {` · attempt ${step.attempts}`}
        </p>
        {hasContent(step.input) && <JsonBlock label="Input" value={step.input} />}
        {step.error && (
          <TextBlock label="Error" text={step.error.stack ?? `${step.error.name}: ${step.error.message}`} />
        )}
        {step.state === "done" && <JsonBlock label="Output" value={step.output} />}
      </div>
    </details>
  );
}
