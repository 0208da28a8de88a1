"use client";

import Link from "next/link";
import { AutomatedFields } from "@/components/automations/automated-fields";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { exits } from "@/server/automations/schemas";
import type { Preflight } from "@/server/campaigns/preflight";
import type { Schedule } from "@/server/campaigns/schemas";
import { channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { AbTestFields } from "./ab-test-fields";
import { LimitFields } from "./limit-fields";
import { MomentFields } from "./moment-fields";
import { NextDates } from "./next-dates";
import { RecurringFields } from "./recurring-fields";
import { treatedOf } from "./treated";
import type { Draft } from "./use-draft";

const kinds = [
  {
    value: "now",
    label: "Send now",
    description: "Sending begins when you press Launch. You can pause or cancel it at any time.",
  },
  {
    value: "later",
    label: "Send later",
    description: "Once, at a day and a time that you choose. Until then you can take it off the schedule.",
  },
  {
    value: "recurring",
    label: "Send again and again",
    description: "Every day, week or month, to whoever is in the audience by then.",
  },
  {
    value: "automated",
    label: "When something happens",
    description: "To one customer at a time: before a renewal, on a birthday, after an inquiry, and more.",
  },
] as const;

type ScheduleTabProps = { draft: Draft; preflight: Preflight; zone: string; currency: string };

/** When it is sent, how fast, and what it may cost. */
export function ScheduleTab({ draft, preflight, zone, currency }: ScheduleTabProps) {
  const { fields, errors, change } = draft;
  const { schedule } = fields;
  const set = (next: Schedule) => change({ schedule: next });
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <Field label="When">
        <RadioGroup
          cards
          options={kinds}
          value={schedule.kind}
          onValueChange={(kind) => kind !== schedule.kind && set(begin(kind, schedule, zone))}
        />
      </Field>
      {schedule.kind === "later" && <MomentFields schedule={schedule} zone={zone} onChange={set} />}
      {schedule.kind === "recurring" && (
        <RecurringFields schedule={schedule} zone={zone} errors={errors} onChange={set} />
      )}
      {schedule.kind === "automated" && <AutomatedFields draft={draft} schedule={schedule} zone={zone} />}
      {(schedule.kind === "later" || schedule.kind === "recurring") && (
        <NextDates fields={fields} zone={zone} />
      )}
      <p className="text-muted text-sm">
        {audienceWords(schedule, treatedOf(preflight.reachable, fields.holdOut))}
      </p>
      <HoursNote hours={preflight.hours} />
      {/* An automation has no audience to divide; a test from before is there to be taken out. */}
      {(schedule.kind !== "automated" || fields.abTest !== null) && (
        <AbTestFields draft={draft} reachable={treatedOf(preflight.reachable, fields.holdOut)} />
      )}
      <LimitFields draft={draft} currency={currency} />
    </div>
  );
}

/** Hours that hold messages whatever the schedule says; they are the workspace's, not the campaign's. */
function HoursNote({ hours }: Pick<Preflight, "hours">) {
  const words = hours
    .map(({ channel, from, to }) => `${channelLabels[channel]} from ${from} to ${to}`)
    .join(", ");
  return (
    <p className="text-muted text-sm">
      {words === ""
        ? "No hours of contact apply to its channels."
        : `Hours of contact, where the customer is: ${words}. A message outside them waits.`}{" "}
      <Link href="/settings/sending-rules" className="rounded-sm text-accent-ink underline">
        Sending rules
      </Link>
    </p>
  );
}

/** A schedule to begin with: tomorrow morning, or the times that the other kind had. */
function begin(kind: Schedule["kind"], before: Schedule, zone: string): Schedule {
  if (kind === "now") return { kind };
  const { time, clock } = before.kind === "now" ? { time: "10:30", clock: "workspace" as const } : before;
  if (kind === "automated")
    return {
      kind,
      triggers: [],
      againHours: 24,
      eachPolicy: true,
      steps: [],
      exits: [...exits],
      time,
      clock,
    };
  const tomorrow = new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(Date.now() + 86_400_000);
  if (kind === "later") return { kind, day: tomorrow, time, clock };
  const weekdays = [1];
  return { kind, every: "week", weekdays, monthDay: 1, time, clock, from: null, until: null, times: null };
}

function audienceWords({ kind }: Schedule, reachable: number): string {
  const who =
    reachable === 0
      ? "As it stands, nobody would get it."
      : `As it stands, ${formatCount(reachable)} ${reachable === 1 ? "customer gets" : "customers get"} it.`;
  if (kind === "now")
    return `${who} The audience is fixed at the moment of launch; who joins later is not in it.`;
  if (kind === "automated")
    return `In the audience now: ${formatCount(reachable)}. Whoever is in it when something happens enters. Days that were missed because Ringback was not running are made up for up to 24 hours late; what happens while it is paused starts nothing. Born on 29 February: 28 February in other years.`;
  return kind === "later"
    ? `${who} The audience is fixed when its time comes. If Ringback is not running then, it goes as soon as it runs again, up to 24 hours late; after that it becomes a draft again and you are told.`
    : `${who} The audience is fixed anew each time. Of several times that were missed only the last is made up for, up to 24 hours late; a time that would reach nobody is left out.`;
}
