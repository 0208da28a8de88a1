"use client";

import { CalendarClock, Phone, Undo2 } from "lucide-react";
import { type ReactNode, useState, useTransition } from "react";
import { ResultNote, ScriptNote, WayNote } from "@/components/calls/call-notes";
import { OwnPhone } from "@/components/calls/own-phone";
import { useCallDesk } from "@/components/calls/use-call-desk";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { useShortcuts } from "@/components/ui/shortcuts";
import { ThumbBar } from "@/components/ui/thumb-bar";
import { toast } from "@/components/ui/toaster";
import type { CallbackDetail } from "@/server/callbacks/get";
import { type Outcome, outcomes } from "@/server/callbacks/status";
import { stateLabels } from "@/server/calls/status";
import { useTRPCClient } from "@/server/trpc/react";
import { shortInstant } from "../callback-due";
import { HandOverButtons, thumb } from "./hand-over-buttons";
import { OutcomeChoice } from "./outcome-choice";
import { PromiseTime } from "./promise-time";
import { Running } from "./running";
import { WrapUp } from "./wrap-up";

export type CallPanelProps = {
  callback: CallbackDetail;
  generation: number;
  zone: string;
  /** Take the next one. */
  onNext: () => void;
  /** This one is out of hand: read again what is. */
  onDone: () => Promise<void>;
};

/** The number, the call and what came of it: call, outcome, close; each step as the server knows it. */
export function CallPanel(props: CallPanelProps) {
  const { callback, generation, zone, onDone } = props;
  const client = useTRPCClient();
  const [later, setLater] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const hold = { callbackId: callback.id, generation };
  const [latest] = callback.tries;
  const underWay = latest && latest.outcome === null && latest.endedAt === null ? latest : null;
  // The claim ended during the call: whoever made it says how it went, or calls again once that is due.
  const unsaid = !underWay && latest?.own && latest.outcome === null ? latest : null;
  const talked = !underWay && latest?.outcome === "connected";
  const desk = useCallDesk(callback.id);
  const bridged = underWay && desk?.call?.attemptId === underWay.id ? desk.call : null;
  const needsPhone = desk?.line != null && desk.ownPhone === null;
  const canCall = callback.dial.open && desk !== undefined && (desk.line ? !needsPhone : desk.handOff.open);
  const run = (act: () => Promise<unknown>) =>
    start(async () => {
      try {
        setProblem(null);
        await act();
      } catch (error) {
        setProblem(error instanceof Error ? error.message : "It was not saved. Try again.");
      }
    });
  const dial = () =>
    run(async () => {
      // The try is stored first: a call that nobody wrote down cannot be made from here.
      await client.callbacks.dial.mutate(hold);
      window.location.href = `tel:${callback.phone}`;
      await onDone();
    });
  const say = (outcome: Outcome) =>
    run(async () => {
      const said = underWay ?? unsaid;
      if (!said) return;
      const talkSeconds =
        outcome === "connected" && underWay
          ? Math.max(0, Math.round((Date.now() - Date.parse(underWay.at)) / 1_000))
          : null;
      const after = await client.callbacks.outcome.mutate({
        ...hold,
        attemptId: said.id,
        outcome,
        talkSeconds,
      });
      if (after.next === "again")
        toast.success(`${outcomes[outcome]}: back in the queue`, {
          description: `The next try is at ${shortInstant(after.at.toISOString(), zone)}.`,
        });
      else if (after.next !== "wrap_up")
        toast.message(
          after.next === "expired" ? "Not reached after the last try: it ended" : "The request was cancelled",
        );
      await onDone();
    });
  const release = () =>
    run(async () => {
      await client.callbacks.release.mutate(hold);
      toast.success("Given back to its place in the queue");
      await onDone();
    });
  const call = () => {
    if (!desk?.line) return dial();
    return run(async () => {
      await client.calls.start.mutate(hold);
      await onDone();
    });
  };
  useShortcuts([{ keys: "c", label: "Call", group: "In hand", run: call }], !underWay && canCall && !pending);
  return (
    <Card>
      <div className="flex flex-col gap-3">
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-medium text-xl tabular-nums">{callback.phone}</span>
          {underWay && (
            <span className="text-information text-sm">
              {bridged ? stateLabels[bridged.state] : "On the call"}
              {bridged?.state !== "ended" && (
                <>
                  , <Running since={bridged?.connectedAt ?? underWay.at} />
                </>
              )}
            </span>
          )}
        </p>
        {problem && <Notice tone="danger">{problem}</Notice>}
        {!callback.dial.open && (
          <Notice tone="attention">
            Outside of the hours in which this customer may be called ({callback.zone}).
            {callback.dial.nextAt && ` From ${shortInstant(callback.dial.nextAt, zone)} on.`}
          </Notice>
        )}
        {desk && !talked && <ScriptNote script={desk.script} />}
        {desk && !underWay && !talked && <WayNote desk={desk} />}
        {desk && !talked && <ResultNote desk={desk} waiting={underWay !== null} />}
        {needsPhone && <OwnPhone />}
        {unsaid && (
          <Notice tone="attention" title={`How did your call of ${shortInstant(unsaid.at, zone)} go?`}>
            It was not said. Choose it, or call again when the next try is due.
          </Notice>
        )}
        {(underWay || unsaid) && (
          <OutcomeChoice suggested={bridged?.suggested ?? null} pending={pending} onSay={say} />
        )}
        {!underWay && (
          <>
            {(desk?.line || desk?.handOff.open) && (
              <CallPlace first={!talked}>
                <Button
                  variant={talked ? "secondary" : "primary"}
                  loading={pending}
                  disabled={!canCall}
                  icon={<Phone aria-hidden />}
                  className="h-11 text-lg"
                  onClick={call}
                >
                  {talked ? "Call again" : "Call"}
                </Button>
              </CallPlace>
            )}
            {desk?.line && desk.handOff.open && (
              <Button
                className={thumb}
                size="sm"
                variant="ghost"
                disabled={!callback.dial.open || pending}
                onClick={dial}
              >
                Dial from this phone instead
              </Button>
            )}
          </>
        )}
        {talked && <WrapUp {...props} attemptId={latest.id} since={latest.endedAt ?? latest.at} />}
        {!underWay && !talked && (
          <div className="flex flex-wrap gap-2 max-md:grid max-md:grid-cols-2 max-md:justify-items-start">
            <Button
              className={thumb}
              size="sm"
              icon={<CalendarClock aria-hidden />}
              onClick={() => setLater(!later)}
              aria-expanded={later}
            >
              Promise a time
            </Button>
            <Button
              className={thumb}
              size="sm"
              variant="ghost"
              icon={<Undo2 aria-hidden />}
              disabled={pending}
              onClick={release}
            >
              Give back
            </Button>
          </div>
        )}
        {later && !underWay && !talked && <PromiseTime {...props} />}
        <HandOverButtons
          callbackId={callback.id}
          generation={generation}
          busy={underWay !== null}
          onDone={onDone}
        />
      </div>
    </Card>
  );
}

/** Before the talk the call is what the thumb is for; after it, how it ended. */
const CallPlace = ({ first, children }: { first: boolean; children: ReactNode }) =>
  first ? <ThumbBar>{children}</ThumbBar> : children;
