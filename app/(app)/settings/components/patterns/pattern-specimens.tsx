"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { DueClock } from "@/components/ui/due-clock";
import { Field } from "@/components/ui/field";
import { FormActions } from "@/components/ui/form-actions";
import { Input } from "@/components/ui/input";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { Queue, QueueRow } from "@/components/ui/queue-row";
import { RailLayout } from "@/components/ui/rail-layout";
import { StatusBadge } from "@/components/ui/status-badge";
import { toast } from "@/components/ui/toaster";
import { WallBoard, WallTile } from "@/components/ui/wall-tile";
import { formatCount, formatPercent } from "@/server/platform/format";
import { SendingProgress } from "../sending-progress";
import { Specimen } from "../specimen";

const zone = "Asia/Kolkata";
const minutes = (count: number, from: number) => new Date(from + count * 60_000).toISOString();
const onlyShown = () => toast.message("This page changes nothing");

/** How the parts make up the six kinds of screen. The list with a side panel is the table among the parts. */
export function PatternSpecimens({ now }: { now: number }) {
  return (
    <>
      <Specimen name="Builder with rail">
        <div className="w-full rounded-md border border-line">
          <RailLayout
            label="Summary of the example"
            rail={
              <div>
                <p className="text-muted">Reaches now</p>
                <p className="font-medium text-2xl tabular-nums">{formatCount(48_210)}</p>
                <p className="text-muted">of 52,004 in the audience</p>
              </div>
            }
          >
            <Field label="Name" help="Only your team sees it.">
              <Input defaultValue="Renewal drive, November" />
            </Field>
            <p className="text-muted">
              The work stands at the left; the rail is true at every moment and follows it on a phone.
            </p>
          </RailLayout>
        </div>
      </Specimen>
      <Specimen name="Live dashboard">
        <div className="grid w-full gap-5">
          <SendingProgress act="Pause" />
          <KeyFigures>
            <KeyFigure label="Sent" value={formatCount(12_480)} unit="of 20,000" />
            <KeyFigure label="Delivery rate" value={formatPercent(0.982)} basis="12,255 of 12,480 sent" />
            <KeyFigure label="Open rate" value={formatPercent(0.317)} basis="3,885 of 12,255 delivered" />
            <KeyFigure label="Callbacks asked for" value={formatCount(61)} />
          </KeyFigures>
        </div>
      </Specimen>
      <QueueSpecimen now={now} />
      <Specimen name="Wall board">
        <div className="w-full">
          <WallBoard label="An example of a wall board">
            <WallTile label="Waiting" value={formatCount(14)} note="longest 9 min" />
            <WallTile
              label="Due in 10 min"
              value={formatCount(3)}
              note="2 agents are free"
              tone="attention"
            />
            <WallTile label="Overdue" value={formatCount(1)} note="Asha Rao, 4 min over" tone="danger" />
            <WallTile label="Service level" value={formatPercent(0.864, 0)} note="target 80% within 15 min" />
          </WallBoard>
        </div>
      </Specimen>
      <Specimen name="Settings form">
        <form className="flex w-full flex-col gap-6" onSubmit={(event) => event.preventDefault()}>
          <Section title="Quiet hours" description="Promotion waits outside them until they open.">
            <Field label="From">
              <Input defaultValue="10:00" />
            </Field>
            <Field label="Until" help="21:00 is the last minute that the regulator allows.">
              <Input defaultValue="21:00" />
            </Field>
          </Section>
          <FormActions note="Saved 2 minutes ago">
            <Button variant="primary" onClick={onlyShown}>
              Save quiet hours
            </Button>
          </FormActions>
        </form>
      </Specimen>
    </>
  );
}

const people = [
  ["Asha Rao", "Asks to be called about the renewal premium", -4, "High"],
  ["Imran Sheikh", "Payment failed twice, wants another way to pay", 6, "High"],
  ["Lakshmi Narayanan", "Wants a call about health cover for her parents", 48, "Medium"],
] as const;

function QueueSpecimen({ now }: { now: number }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Specimen name="Queue">
      <div className="w-full">
        <Queue label="An example of a queue">
          {people.map(([who, why, due, category]) => (
            <QueueRow
              key={who}
              href="#queue"
              who={who}
              why={why}
              current={open === who}
              facts={<Badge>{category}</Badge>}
              clock={
                <DueClock
                  promise="First attempt"
                  due={minutes(due, now)}
                  warnAt={minutes(Math.min(due, 10), now - 5 * 60_000)}
                  zone={zone}
                />
              }
              action={
                <Button size="sm" onClick={() => setOpen(who)}>
                  Take
                </Button>
              }
            />
          ))}
          <QueueRow
            href="#queue"
            who="Gurpreet Sandhu"
            why="Asked for a call after 17:00"
            facts={<Badge>Low</Badge>}
            clock={<DueClock promise="First attempt" due={null} paused="Until 17:00" zone={zone} />}
            action={<StatusBadge tone="information" label="Scheduled" />}
          />
        </Queue>
      </div>
    </Specimen>
  );
}
