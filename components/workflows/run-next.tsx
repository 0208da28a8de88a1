import Link from "next/link";
import type { ReactNode } from "react";
import { Time } from "@/components/ui/time";
import type { RunDetail } from "@/server/workflows/get-run";
import { mayAct } from "@/server/workflows/status";
import { functionWords, type KnownFunctions } from "./words";

type RunNextProps = {
  detail: RunDetail;
  functions: KnownFunctions;
  zone: string;
  hrefOf: (runId: string) => string;
};

type Call = RunDetail["calls"][number];

const called: Record<string, string> = {
  leased: "Running now",
  ready: "About to run",
  parked: "Held back until a limit of its function has room",
};

/** What a live run does next: what it waits for and until when, or which attempt comes at what time. */
export function RunNext({ detail, functions, zone, hrefOf }: RunNextProps) {
  const { calls, sleeps, waits, invoked, steps } = detail;
  const nameOf = (stepId: string | null) => steps.find(({ id }) => id === stepId)?.name;
  const exact = (at: number | Date) => <Time value={new Date(at).toISOString()} zone={zone} show="exact" />;
  const lines: { key: string; what: ReactNode }[] = [
    ...sleeps.map(({ stepId, until }) => ({
      key: `sleep-${stepId}`,
      what: <>Sleeps until {exact(until)}</>,
    })),
    ...waits
      .filter(({ kind }) => kind === "wait")
      .map(({ stepId, eventName, expiresAt }) => ({
        key: `wait-${stepId}`,
        what: (
          <>
            Waits for <code className="font-mono text-xs">{eventName}</code> until {exact(expiresAt)}
          </>
        ),
      })),
    ...invoked
      .filter(({ state }) => mayAct("cancel", state))
      .map(({ id, functionId }) => ({
        key: id,
        what: (
          <>
            Waits for{" "}
            <Link href={hrefOf(id)} className="text-accent-ink hover:underline">
              {functionWords(functions, functionId)}
            </Link>
          </>
        ),
      })),
    ...calls.map((call) => ({
      key: `call-${call.stepId}`,
      what: <CallLine call={call} name={nameOf(call.stepId)} at={exact(call.nextAt)} />,
    })),
  ];
  if (lines.length === 0) return null;
  return (
    <section aria-label="Next">
      <h3 className="mb-2 font-medium">Next</h3>
      <ul className="flex flex-col gap-2 text-sm">
        {lines.map(({ key, what }) => (
          <li key={key}>{what}</li>
        ))}
      </ul>
    </section>
  );
}

function CallLine({ call, name, at }: { call: Call; name: string | undefined; at: ReactNode }) {
  const { state, attempt, maxAttempts, error } = call;
  const of = `attempt ${attempt + 1} of ${maxAttempts}`;
  return (
    <>
      {name && `${name}: `}
      {state === "future" ? (
        <>
          {attempt > 0 ? "Next try" : "Starts"} at {at}, {of}
        </>
      ) : (
        `${called[state] ?? "Queued"}, ${of}`
      )}
      {error && <span className="mt-0.5 block break-words text-danger">{error.message}</span>}
    </>
  );
}
