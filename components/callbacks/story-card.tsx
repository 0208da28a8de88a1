import { Recording } from "@/components/calls/recording";
import { Card } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import {
  cancelReasonLabels,
  messageLabels,
  metricLabels,
  priorityLabels,
  sourceLabels,
} from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import {
  type CallbackMessageKind,
  type CallbackPriority,
  type CallbackSource,
  type Outcome,
  outcomes,
} from "@/server/callbacks/status";
import { type CallResult, callResults } from "@/server/calls/status";
import { formatDuration } from "@/server/platform/format";
import type { Metric } from "@/server/sla/status";
import { shortInstant } from "./callback-due";

type Activity = CallbackDetail["activities"][number];

/** Each time that the customer asked, with their words and what made them ask. */
export function AsksCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  return (
    <Card title={callback.asks.length > 1 ? `Asked ${callback.asks.length} times` : "What was asked"}>
      <ul className="flex flex-col gap-3">
        {callback.asks.map((ask) => (
          <li key={ask.id} className="text-sm">
            <p className="flex justify-between gap-3 text-muted text-xs">
              <span>
                {sourceLabels[ask.source]}
                {ask.campaignName && ` · ${ask.campaignName}`}
              </span>
              <Time value={ask.at} zone={zone} />
            </p>
            <p className="whitespace-pre-line break-words">{ask.description || "Without words"}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Each try to call, the latest first. */
export function TriesCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  if (callback.tries.length === 0) return null;
  return (
    <Card title="Calls">
      <ul className="flex flex-col gap-3">
        {callback.tries.map((attempt) => (
          <li key={attempt.id} className="flex flex-col gap-1 text-sm">
            <p className="flex items-baseline justify-between gap-3">
              <span>
                {attempt.outcome
                  ? outcomes[attempt.outcome]
                  : attempt.endedAt
                    ? "How it went is not known"
                    : "Under way"}
                {attempt.talkSeconds !== null && ` · ${formatDuration(attempt.talkSeconds)}`}
              </span>
              <span className="shrink-0 text-muted text-xs">
                {attempt.agentName} · <Time value={attempt.at} zone={zone} />
              </span>
            </p>
            <Recording attempt={attempt} />
            {attempt.note && <p className="whitespace-pre-line break-words text-muted">{attempt.note}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The log of the request, the latest first. */
export function StoryCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  return (
    <Card title="Activity">
      <ol className="flex flex-col gap-2">
        {callback.activities.map((activity) => (
          <li key={activity.id} className="flex items-baseline justify-between gap-3 text-sm">
            <span className="min-w-0">
              {sentenceOf(activity, zone)}
              {activity.actorName && <span className="text-muted"> · {activity.actorName}</span>}
              {activity.note && (
                <span className="block whitespace-pre-line break-words text-muted">{activity.note}</span>
              )}
            </span>
            <span className="shrink-0 text-muted text-xs">
              <Time value={activity.at} zone={zone} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What became of a message, as the ledger says now. */
function stateWords({ message, detail }: Activity): string {
  if (detail.notSent) return "not sent: no customer was named";
  if (!message) return "on its way";
  const { state, reason } = message;
  if (state === "pending" || state === "sending") return "on its way";
  const why = reason ? ` (${reason.replaceAll("_", " ")})` : "";
  if (state === "held") return `waits${why}`;
  if (state === "skipped") return `not sent${why}`;
  return `${state}${state === "failed" || state === "bounced" ? why : ""}`;
}

const channelWords: Record<string, string> = { email: "e-mail", sms: "SMS", whatsapp: "WhatsApp" };

function messageSentence(activity: Activity): string {
  const kind = text(activity.detail.message);
  const what = Object.hasOwn(messageLabels, kind)
    ? messageLabels[kind as CallbackMessageKind]
    : text(activity.detail.template);
  const by = channelWords[text(activity.detail.channel)];
  return `Message “${what}”${by ? ` by ${by}` : ""}: ${stateWords(activity)}`;
}

const missWords = (outcome: string): string =>
  outcome === "unknown" ? "How the call went is not known" : (outcomes[outcome as Outcome] ?? "Not reached");

function sentenceOf(activity: Activity, zone: string): string {
  const { kind, changes, detail } = activity;
  const metric = metricLabels[text(detail.metric) as Metric] ?? "A clock";
  switch (kind) {
    case "created":
      return `Asked: ${sourceLabels[text(changes.source) as CallbackSource] ?? "in another way"}`;
    case "repeated":
      return `Asked again: ${sourceLabels[text(detail.source) as CallbackSource] ?? "in another way"}`;
    case "claimed":
      return "Taken in hand";
    case "claim_ended":
      return "Given back: the browser was gone";
    case "released":
      return "Given back to the queue";
    case "assigned":
      return "Assigned";
    case "unassigned":
      return "Given to nobody in particular";
    case "attempt_started":
      return "Dialled";
    case "connected":
      return "Talked";
    case "not_dialled":
      return `Not called: ${callResults[text(detail.reason) as CallResult]?.label.toLowerCase() ?? "the call was not made"}`;
    case "not_reached":
      return `${missWords(text(detail.outcome))}; next try ${shortInstant(text(changes.not_before), zone)}`;
    case "number_rests":
      return `Not reached about another request; next try ${shortInstant(text(changes.not_before), zone)}`;
    case "scheduled":
    case "rescheduled":
      return `${kind === "scheduled" ? "Promised" : "Moved to"} ${shortInstant(text(changes.slot_start), zone)}`;
    case "edited":
      return `Changed; the priority is ${priorityLabels[text(changes.priority) as CallbackPriority]?.toLowerCase() ?? "set"}`;
    case "customer_named":
      return "The customer was named";
    case "customer_unnamed":
      return "The customer’s name was taken back";
    case "completed":
      return "Completed";
    case "cancelled":
      return `Cancelled: ${cancelReasonLabels[text(detail.reason) as keyof typeof cancelReasonLabels]?.toLowerCase() ?? "no reason given"}`;
    case "expired":
      return "Expired: not reached after the last try";
    case "reopened":
      return "Opened again";
    case "passed_on":
      return detail.to === "team" ? "Passed on to a team" : "Passed on to somebody else";
    case "raised":
      return "A supervisor was asked to look at it";
    case "messaged":
      return messageSentence(activity);
    case "rated":
      return `The customer said: ${changes.satisfaction} of 5`;
    case "warning":
      return `${metric}: due soon`;
    case "breach":
      return `${metric}: missed`;
    case "escalation":
      return `${metric}: escalated, level ${detail.level}`;
    default:
      return kind.replaceAll("_", " ");
  }
}
