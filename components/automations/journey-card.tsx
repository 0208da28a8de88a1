import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { Journey } from "@/server/automations/list-journeys";
import { entryStatuses, stepOutcomes } from "@/server/automations/status";
import { channelLabels } from "@/server/channels/status";
import { executionStateLabels } from "@/server/deliveries/status";
import { reasonWords, stepWords } from "./step-words";
import { eventLabel } from "./trigger-words";

type JourneyCardProps = { journey: Journey; segmentName: (id: string) => string | null; zone: string };

/** One way through an automation: what is behind the customer, where they are, and what comes next. */
export function JourneyCard({ journey, segmentName, zone }: JourneyCardProps) {
  const { campaignId, campaignName, version, enteredAt, status, reason, steps, taken, messages } = journey;
  const title = (step: number) => {
    const of = steps[step - 1];
    return of ? `${step}. ${stepWords(of, segmentName)}` : `Step ${step}`;
  };
  const [first] = messages;
  return (
    <Card
      title={campaignName}
      description={
        <>
          Entered <Time value={enteredAt} zone={zone} show="exact" />, version {version.replace(/^v/, "")}
        </>
      }
      actions={
        <span className="flex items-center gap-3">
          <Badge tone={entryStatuses[status].tone}>{entryStatuses[status].label}</Badge>
          <Link
            href={`/campaigns/${campaignId}`}
            className="rounded-sm text-accent-ink text-sm hover:underline"
          >
            Open the campaign
          </Link>
        </span>
      }
    >
      <ol className="flex flex-col gap-1.5 text-sm">
        {first && (
          <Line
            what={`First message${first.channel ? ` by ${channelLabels[first.channel]}` : ""}`}
            came={executionStateLabels[first.state].label}
            at={first.at}
            zone={zone}
          />
        )}
        {taken.map(({ step, outcome, at }) => {
          const message = outcome === "sent" ? messageOf(journey, step) : undefined;
          return (
            <Line
              key={step}
              what={title(step)}
              came={message ? executionStateLabels[message.state].label : stepOutcomes[outcome]}
              at={message?.at ?? at}
              zone={zone}
            />
          );
        })}
        {status === "inside" && <Now journey={journey} title={title} zone={zone} />}
        {status !== "inside" && (
          <Line
            what={entryStatuses[status].label}
            came={reason ? reasonWords(reason) : ""}
            at={journey.endedAt}
            zone={zone}
          />
        )}
      </ol>
    </Card>
  );
}

/** Follow-ups have even places among the messages, in the order of the steps that send. */
function messageOf({ steps, messages }: Journey, step: number) {
  const nth = steps.slice(0, step).filter((each) => each.do === "send").length;
  return messages.find((message) => message.step === 2 * nth);
}

function Now({
  journey: { step, steps, wakesAt, waitsFor },
  title,
  zone,
}: {
  journey: Journey;
  title: (step: number) => string;
  zone: string;
}) {
  const next = steps[step];
  return (
    <li aria-current="step" className="flex flex-wrap justify-between gap-x-3 font-medium">
      <span className="min-w-0">
        {title(step)}
        {next && <span className="font-normal text-muted">, then: {title(step + 1)}</span>}
      </span>
      <span className="text-muted">
        {wakesAt ? (
          <>
            {waitsFor ? `Waits for ${eventLabel(waitsFor)}, at most until ` : "Waits until "}
            <Time value={wakesAt} zone={zone} show="exact" />
          </>
        ) : (
          "Now"
        )}
      </span>
    </li>
  );
}

function Line({ what, came, at, zone }: { what: string; came: string; at: string | null; zone: string }) {
  return (
    <li className="flex flex-wrap justify-between gap-x-3">
      <span className="min-w-0">
        {what}
        {came && <span className="text-muted">: {came.charAt(0).toLowerCase() + came.slice(1)}</span>}
      </span>
      {at && (
        <span className="text-muted">
          <Time value={at} zone={zone} show="exact" />
        </span>
      )}
    </li>
  );
}
