"use client";

import { useRef } from "react";
import { Queue, QueueRow } from "@/components/ui/queue-row";
import { useShortcuts } from "@/components/ui/shortcuts";
import { requestTypeLabel } from "@/server/callbacks/content";
import type { CallbackLine } from "@/server/callbacks/lines";
import { callerName } from "./callback-columns";
import { CallbackDue, dueReason } from "./callback-due";
import { PriorityBadge } from "./priority-badge";

type CallbackCardsProps = {
  rows: readonly CallbackLine[];
  zone: string;
  hrefOf: (line: CallbackLine) => string;
  /** Whether `j` and `k` belong to the cards; not where the table stands beside them. */
  keys: boolean;
};

/** The queue as cards, for thumbs and for reading. */
export function CallbackCards({ rows, zone, hrefOf, keys }: CallbackCardsProps) {
  const frame = useRef<HTMLDivElement>(null);
  const move = (step: 1 | -1) => {
    const links = [...(frame.current?.querySelectorAll<HTMLElement>("li a") ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    const target = links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
    target?.focus();
    target?.scrollIntoView({ block: "nearest" });
  };
  useShortcuts(
    [
      { keys: "j", label: "Next request", group: "List", run: () => move(1) },
      { keys: "k", label: "Previous request", group: "List", run: () => move(-1) },
    ],
    keys,
  );
  return (
    <div ref={frame}>
      <Queue label="Callback requests">
        {rows.map((line) => (
          <QueueRow
            key={line.id}
            href={hrefOf(line)}
            who={callerName(line)}
            why={[requestTypeLabel(line.requestType), line.description].filter(Boolean).join(" · ")}
            facts={
              <>
                <PriorityBadge priority={line.priority} score={line.score} />
                <span className="truncate">{line.holderName ?? line.assigneeName ?? dueReason(line)}</span>
              </>
            }
            clock={<CallbackDue line={line} zone={zone} />}
          />
        ))}
      </Queue>
    </div>
  );
}
