import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { type Channel, channelLabels } from "@/server/channels/status";
import { executionStateLabels } from "@/server/deliveries/status";
import type { ConversationPart } from "@/server/responses/conversation";
import { responseClassLabels } from "@/server/responses/status";

type ConversationProps = {
  parts: readonly ConversationPart[];
  /** The reply that is open. */
  currentId: string;
  channel: Channel;
  zone: string;
  theirName: string;
};

/** What went to and fro on a channel, oldest first: theirs at the left, ours at the right. */
export function Conversation({ parts, currentId, channel, zone, theirName }: ConversationProps) {
  return (
    <section aria-label="Conversation" className="rounded-md border border-line bg-canvas px-3 py-3">
      <h3 className="mb-2 text-faint text-xs">{channelLabels[channel]}, the latest messages</h3>
      <ol className="flex flex-col gap-2">
        {parts.map((part) => {
          const ours = part.by === "us";
          const below = ours
            ? ((executionStateLabels as Record<string, { label: string } | undefined>)[part.state]?.label ??
              part.state)
            : responseClassLabels[part.class].label;
          return (
            <li key={part.id} className={cn("flex max-w-[88%] flex-col", ours && "items-end self-end")}>
              <span className="sr-only">{ours ? "We wrote:" : `${theirName} wrote:`}</span>
              <div
                aria-current={part.id === currentId ? "true" : undefined}
                className={cn(
                  "whitespace-pre-wrap break-words rounded-md border px-2.5 py-1.5 text-sm",
                  ours ? "border-line bg-subtle" : "border-line-strong bg-surface",
                  part.id === currentId && "border-accent-ink/50 bg-accent-soft",
                )}
              >
                {ours && part.answeredBy === null && (
                  <Link
                    className="block font-medium text-accent-ink hover:underline"
                    href={`/campaigns/${part.campaignId}`}
                  >
                    {part.campaignName}
                  </Link>
                )}
                {ours && part.answeredBy !== null && (
                  <span className="block text-faint text-xs">{part.answeredBy || "Somebody who left"}</span>
                )}
                {part.text || (!ours && "–")}
              </div>
              <span className="mt-0.5 flex flex-wrap gap-x-1.5 px-1 text-faint text-xs">
                <Time value={part.at} zone={zone} />
                <span aria-hidden>·</span>
                {below}
                {ours && part.reason && `: ${part.reason.toLowerCase()}`}
                {ours && part.state === "held" && part.until && (
                  <>
                    , until <Time value={part.until} zone={zone} show="exact" />
                  </>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
