import Link from "next/link";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import type { RunDetail } from "@/server/workflows/get-run";
import { subjectHref, subjectWords, tookWords } from "./words";

const instant = (at: Date | null, zone: string) =>
  at && <Time value={at.toISOString()} zone={zone} show="exact" />;

/** What a run is about, what started it and how long it took. */
export function RunFacts({ detail: { run, subject }, zone }: { detail: RunDetail; zone: string }) {
  const href = subject && subjectHref(subject);
  const name = subject && subjectWords(subject);
  return (
    <DescriptionList
      items={[
        {
          term: "About",
          value: href ? (
            <Link href={href} className="text-accent-ink hover:underline">
              {name}
            </Link>
          ) : (
            name
          ),
        },
        { term: "Event", value: <code className="font-mono text-xs">{run.eventName}</code> },
        { term: "Arrived", value: instant(run.createdAt, zone) },
        { term: "Started", value: instant(run.startedAt, zone) },
        { term: "Ended", value: instant(run.endedAt, zone) },
        { term: "Took", value: tookWords(run.startedAt, run.endedAt) },
        {
          term: "Run id",
          value: <span className="select-all break-all font-mono text-faint text-xs">{run.id}</span>,
        },
      ]}
    />
  );
}
