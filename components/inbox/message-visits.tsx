import { Bot, MailOpen, MailX, MousePointerClick } from "lucide-react";
import { formatDateTime } from "@/server/platform/format";
import { machineReasons } from "@/server/tracking/content";
import type { VisitLine } from "@/server/tracking/list-visits";

type MessageVisitsProps = { visits: VisitLine[]; zone: string };

const looks = {
  opened: { word: "Opened", icon: MailOpen },
  clicked: { word: "Clicked", icon: MousePointerClick },
  unsubscribed: { word: "Unsubscribed", icon: MailX },
} as const;

/** What was done with the message, and what of it counts in the campaign's figures. */
export function MessageVisits({ visits, zone }: MessageVisitsProps) {
  if (visits.length === 0)
    return <p className="text-muted text-sm">Nothing yet. An open or a click shows here within a second.</p>;
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {visits.map((visit) => {
        const { word, icon } = looks[visit.kind];
        const Icon = visit.rule ? Bot : icon;
        return (
          <li key={`${visit.kind}${visit.at.toISOString()}${visit.link}`} className="flex items-start gap-2">
            <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1">
              {word}
              {visit.kind === "clicked" && visit.link !== null && ` link ${visit.link + 1}`}
              <span className="text-faint"> · {meaning(visit)}</span>
            </span>
            <time dateTime={visit.at.toISOString()} className="shrink-0 text-faint text-xs leading-5">
              {formatDateTime(visit.at.toISOString(), zone)}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

function meaning({ rule, counted }: VisitLine): string {
  if (rule) return `not counted: ${machineReasons[rule] ?? rule}`;
  return counted ? "counted" : "again, counted once";
}
