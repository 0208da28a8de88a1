import Link from "next/link";
import { eventLabel, propertyWords } from "@/components/events/words";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";
import { sourceLabel } from "@/server/consent/status";
import { type TimelineEntry, type TimelineKind, timelineChannelLabels } from "@/server/customers/content";
import { executionStateLabels, reasonLabel } from "@/server/deliveries/status";
import { sentence } from "../words";
import type { Reader } from "./entry";

export type EntryOf<Kind extends TimelineKind> = Extract<TimelineEntry, { kind: Kind }>;

type Campaign = { campaignId: string; campaignName: string };

function CampaignName({ campaign, reader }: { campaign: Campaign; reader: Reader }) {
  if (!reader.opensCampaigns) return <>{campaign.campaignName}</>;
  return (
    <Link href={`/campaigns/${campaign.campaignId}`} className="hover:text-accent-ink hover:underline">
      {campaign.campaignName}
    </Link>
  );
}

type Look = { label: string; tone: Tone };
const lookOf = (state: string): Look =>
  (executionStateLabels as Record<string, Look | undefined>)[state] ?? {
    label: sentence(state),
    tone: "neutral",
  };

/** A message of a campaign, with its state now and why. */
export function MessageEntry({ entry, reader }: { entry: EntryOf<"message">; reader: Reader }) {
  const { detail, channel } = entry;
  const look = lookOf(detail.state);
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {channel && <span className="text-muted">{timelineChannelLabels[channel]} of </span>}
          <CampaignName campaign={detail} reader={reader} />
        </span>
        <StatusBadge tone={look.tone} label={look.label} />
      </p>
      {(detail.reason || detail.messageId) && (
        <p className="text-muted text-xs">
          {detail.reason && reasonLabel(detail.reason)}
          {detail.reason && detail.messageId && " · "}
          {detail.messageId && (
            <Link href={`/inbox/${detail.messageId}`} className="text-accent-ink hover:underline">
              Read the message
            </Link>
          )}
        </p>
      )}
    </>
  );
}

const reactions: Record<string, string> = {
  opened: "Opened",
  clicked: "Followed a link in",
  complained: "Marked as spam",
  unsubscribed: "Unsubscribed through",
};

/** What the customer did with a message. */
export function ReactionEntry({ entry, reader }: { entry: EntryOf<"reaction">; reader: Reader }) {
  const { detail } = entry;
  return (
    <p>
      {reactions[detail.did] ?? sentence(detail.did)} <CampaignName campaign={detail} reader={reader} />
    </p>
  );
}

/** What the customer said back, and what it was taken for. */
export function ResponseEntry({ entry }: { entry: EntryOf<"response"> }) {
  const { detail, channel } = entry;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          Replied{channel && <> by {timelineChannelLabels[channel]}</>}
          {detail.campaignName && <span className="text-muted"> to {detail.campaignName}</span>}
        </span>
        <Badge>{sentence(detail.class)}</Badge>
        {detail.followUp === "open" && <Badge tone="attention">Needs an answer</Badge>}
      </p>
      <blockquote className="mt-1 whitespace-pre-line break-words border-line-strong border-l-2 pl-3">
        {detail.text}
      </blockquote>
    </>
  );
}

/** A wish to be called, a call, or how it ended. */
export function CallbackEntry({ entry }: { entry: EntryOf<"callback"> }) {
  const { did, about, how, words } = entry.detail;
  const title = { asked: "Asked to be called", called: "Call", closed: "Callback closed" }[did];
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {title}
          <span className="text-muted"> · {sentence(about)}</span>
        </span>
        {how && <Badge>{sentence(how)}</Badge>}
      </p>
      {words && <p className="whitespace-pre-line break-words text-muted text-xs">{words}</p>}
    </>
  );
}

/** Something that happened to the customer, with what the sender told of it. */
export function EventEntry({ entry }: { entry: EntryOf<"event"> }) {
  const { name, properties } = entry.detail;
  const told = propertyWords(properties);
  return (
    <>
      <p>{eventLabel(name)}</p>
      {told.length > 0 && (
        <p className="break-words text-muted text-xs">
          {told.map(([word, value]) => `${word}: ${value}`).join(" · ")}
        </p>
      )}
    </>
  );
}

/** A consent that was given or withdrawn, where, and with which words. */
export function ConsentEntry({ entry }: { entry: EntryOf<"consent"> }) {
  const { detail, channel, actorName } = entry;
  const granted = detail.action === "granted";
  const what = detail.purpose === "promotional" ? "Promotion" : "Service messages";
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>
          {what}
          {channel && <> · {timelineChannelLabels[channel]}</>}
        </span>
        <StatusBadge tone={granted ? "good" : "attention"} label={granted ? "Allowed" : "Withdrawn"} />
      </p>
      <p className="break-words text-muted text-xs">
        {sourceLabel(detail.source)}
        {actorName && <>, written down by {actorName}</>}
        {detail.textShown && <> · “{detail.textShown}”</>}
      </p>
    </>
  );
}
