import { Notice } from "@/components/ui/notice";
import type { CallDesk } from "@/server/calls/desk";
import { callResults } from "@/server/calls/status";
import { spellLine } from "./spell-line";

/** What has to be said at the start of a call about this topic. */
export function ScriptNote({ script }: { script: string }) {
  if (script === "") return null;
  return (
    <Notice tone="information" title="Say first">
      <span className="whitespace-pre-line">{script}</span>
    </Notice>
  );
}

/** How the customer is called: which phone rings first, what the customer sees, or why it cannot be done. */
export function WayNote({ desk }: { desk: CallDesk }) {
  const closed = desk.handOff.open ? null : desk.handOff.reason;
  if (!desk.line)
    return closed ? (
      <Notice tone="attention" title="Nobody can be called about this topic yet">
        {desk.sentence} {closed}
      </Notice>
    ) : null;
  return (
    <p className="text-muted text-sm">
      {desk.ownPhone ? `Your phone ${desk.ownPhone} rings first. ` : ""}The customer sees{" "}
      <span className="tabular-nums">{spellLine(desk.line.number)}</span>.{closed && ` ${closed}`}
    </p>
  );
}

/** What the line told of the last call: the agent confirms it, or says what they heard. */
export function ResultNote({ desk, waiting }: { desk: CallDesk; waiting: boolean }) {
  const { call } = desk;
  if (!call?.result || call.result === "connected") return null;
  const { label } = callResults[call.result];
  if (call.suggested && waiting)
    return (
      <Notice tone="information" title={`The line says: ${label.toLowerCase()}`}>
        Confirm it, or choose what you heard.
      </Notice>
    );
  if (call.suggested) return null;
  return (
    <Notice tone="attention" title={label}>
      {call.sentence ?? "The customer’s phone did not ring. Call again when you are ready."}
    </Notice>
  );
}
