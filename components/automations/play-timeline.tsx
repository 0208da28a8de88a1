"use client";

import { Ban, Clock, type LucideIcon, Mail, MailX, User, Zap } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { MailFrame } from "@/components/ui/mail-frame";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Time } from "@/components/ui/time";
import type { Occasion } from "@/server/automations/occasion";
import type { Played } from "@/server/automations/play";
import type { Moment } from "@/server/automations/play-steps";
import type { Automated } from "@/server/automations/schemas";
import { happenings, stepOutcomes } from "@/server/automations/status";
import { channelLabels } from "@/server/channels/status";
import { reasonLabel } from "@/server/deliveries/status";
import { formatDate, formatDateTime } from "@/server/platform/format";
import { reasonWords, stepWords } from "./step-words";
import { eventLabel, triggerWords } from "./trigger-words";
import { useChoices } from "./use-choices";

type PlayTimelineProps = {
  played: Played;
  schedule: Automated;
  zone: string;
  /** Plays another of their entries, by its occurrence. */
  onChoose: (occurrence: string) => void;
};

/** What would happen to one customer, moment by moment, with the reason of each decision and each message as it would read. */
export function PlayTimeline({ played, schedule, zone, onChoose }: PlayTimelineProps) {
  const { customer, inAudience, heldOut, occasion, occasions, moments } = played;
  const { segmentName } = useChoices();
  const name = customer.name || "This customer";
  const words = (step: number) => {
    const of = schedule.steps[step - 1];
    return of ? `${step}. ${stepWords(of, segmentName)}` : "";
  };
  const entry = occasion ? occasionWords(occasion, schedule, segmentName) : null;
  return (
    <div className="flex flex-col gap-3 rounded-md bg-subtle px-3 py-2.5 text-sm">
      {heldOut && (
        <Notice tone="attention" title={`${name} would get nothing`}>
          {name} is in the group that is kept apart to compare with.
        </Notice>
      )}
      {!inAudience && !heldOut && (
        <Notice tone="attention" title={`${name} would not enter`}>
          Not in the campaign’s audience now. This is what would happen if they were.
        </Notice>
      )}
      {!occasion && !heldOut && (
        <Notice tone="information" title={`Nothing on record lets ${name} in`}>
          Played as if something did. The message speaks of the policy that renews next.
        </Notice>
      )}
      {occasion && occasions.length > 1 && (
        <Field label={`${name} may enter several times`} help="Each entry is a sequence of its own.">
          <Select
            value={occasion.occurrence}
            onValueChange={onChoose}
            options={occasions.map((each) => ({
              value: each.occurrence,
              label: `${formatDateTime(each.at, zone)}: ${occasionWords(each, schedule, segmentName)}`,
            }))}
          />
        </Field>
      )}
      <ol aria-label={`What would happen to ${name}`} className="flex flex-col gap-2">
        {moments.map((moment, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: moments are in their order
          <Line key={place} moment={moment} words={words} entry={entry} zone={zone} />
        ))}
      </ol>
      <p className="text-muted">
        Addresses, consent, policies and segments count as they stand now. Messages are taken as received.
      </p>
    </div>
  );
}

type LineProps = {
  moment: Moment;
  words: (step: number) => string;
  /** What lets them in, in words. */
  entry: string | null;
  zone: string;
};

function Line({ moment, words, entry, zone }: LineProps) {
  const [shown, setShown] = useState(false);
  const said = moment.kind === "message" ? moment.said : null;
  const Icon = iconOf(moment);
  return (
    <li className="flex gap-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap justify-between gap-x-3">
          <span className="min-w-0">
            {moment.kind === "entered" && entry ? `Enters: ${entry}` : lineWords(moment, words, zone)}
            {said && (
              <Button size="sm" variant="ghost" className="ml-1" onClick={() => setShown(!shown)}>
                {shown ? "Hide the message" : "Show the message"}
              </Button>
            )}
          </span>
          <span className="text-muted">
            <Time value={moment.at} zone={zone} show="exact" />
          </span>
        </div>
        {said &&
          shown &&
          (said.html ? (
            <MailFrame
              sender="As it would be sent"
              address=""
              subject={said.subject ?? ""}
              html={said.html}
              narrow
            />
          ) : (
            <pre className="whitespace-pre-wrap break-words rounded-md border border-line bg-surface px-3 py-2 font-sans">
              {said.text}
            </pre>
          ))}
      </div>
    </li>
  );
}

/** "30 days before a policy renews, about Motor MT-1 (16 December 2026)". */
function occasionWords(
  { place, policyNumber, productName, aboutDate }: Occasion,
  { triggers }: Automated,
  segmentName: (id: string) => string | null,
): string {
  const trigger = triggers[place];
  const day = aboutDate ? formatDate(`${aboutDate}T00:00:00Z`, "UTC") : null;
  const about = policyNumber
    ? `, about ${productName ? `${productName} ` : ""}${policyNumber}${day ? ` (${day})` : ""}`
    : "";
  return `${trigger ? lower(triggerWords(trigger, segmentName)) : ""}${about}`;
}

function iconOf(moment: Moment): LucideIcon {
  if (moment.kind === "message") return moment.verdict === "skipped" ? MailX : Mail;
  if (moment.kind === "waits") return Clock;
  if (moment.kind === "ended") return Ban;
  return moment.kind === "took" ? Zap : User;
}

function lineWords(moment: Moment, words: (step: number) => string, zone: string): string {
  switch (moment.kind) {
    case "entered":
      return "Enters";
    case "assumed":
      return moment.what === "event" && moment.name
        ? `Assumed: ${eventLabel(moment.name)}`
        : `Assumed: ${happenings[moment.what].toLowerCase()}`;
    case "waits":
      return `${words(moment.step)}: until ${formatDateTime(moment.until, zone)}`;
    case "took":
      return `${words(moment.step)}: ${lower(stepOutcomes[moment.outcome])}`;
    case "message":
      return messageWords(moment, zone);
    case "ended":
      return moment.status === "left" && moment.reason
        ? `Leaves: ${lower(reasonWords(moment.reason))}`
        : "The sequence is over";
  }
}

function messageWords(moment: Extract<Moment, { kind: "message" }>, zone: string): string {
  const what = `${moment.step === 0 ? "First message" : "Message"} by ${channelLabels[moment.channel]}`;
  const why = moment.reason ? lower(reasonLabel(moment.reason)) : "";
  const saw = moment.saw ? ` (${moment.saw})` : "";
  const title = moment.said?.subject ? `, “${moment.said.subject}”` : "";
  if (moment.verdict === "goes") return `${what} goes${title}`;
  if (moment.verdict === "held" && moment.until)
    return `${what} waits until ${formatDateTime(moment.until, zone)}: ${why}${saw}`;
  return moment.verdict === "skipped"
    ? `${what} is not sent: ${why}${saw}`
    : `${what} cannot go: ${why || (moment.saw ?? "")}`;
}

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
