"use client";

import { DescriptionList } from "@/components/ui/description-list";
import { SidePanel } from "@/components/ui/side-panel";
import { Time } from "@/components/ui/time";
import type { AuditLine } from "@/server/audit/list";
import { actionLabel, fieldChanges } from "@/server/audit/schemas";
import { actorWords, subjectWords } from "./words";

/** One entry: who, when, to what, and each field before and after. */
export function AuditPanel({ line, zone }: { line: AuditLine; zone: string }) {
  const changes = fieldChanges(line.before, line.after, line.names);
  return (
    <SidePanel title={actionLabel(line.action)}>
      <div className="flex flex-col gap-5">
        <DescriptionList
          items={[
            { term: "Who", value: actorWords(line) },
            { term: "When", value: <Time value={line.at.toISOString()} zone={zone} show="exact" /> },
            { term: "Subject", value: subjectWords(line) },
            { term: "Subject id", value: <Id value={line.subjectId} /> },
            { term: "Request id", value: line.requestId && <Id value={line.requestId} /> },
          ]}
        />
        <section aria-label="What changed">
          <h3 className="mb-2 font-medium">What changed</h3>
          {changes.length === 0 && (
            <p className="text-muted text-sm">This entry has no fields: the action says it all.</p>
          )}
          <ul className="flex flex-col gap-3">
            {changes.map(({ field, before, after }) => (
              <li key={field} className="overflow-hidden rounded-md border border-line text-sm">
                <p className="border-line border-b bg-subtle px-3 py-1 text-muted text-xs">{field}</p>
                {before !== null && (
                  <Value sign="−" words="Before" value={before} className="bg-danger-soft text-danger" />
                )}
                {after !== null && (
                  <Value sign="+" words="After" value={after} className="bg-good-soft text-good" />
                )}
              </li>
            ))}
          </ul>
        </section>
      </div>
    </SidePanel>
  );
}

const Id = ({ value }: { value: string }) => (
  <span className="select-all break-all font-mono text-faint text-xs">{value}</span>
);

type ValueProps = { sign: string; words: string; value: string; className: string };

const Value = ({ sign, words, value, className }: ValueProps) => (
  <p className={`flex gap-2 px-3 py-1.5 ${className}`}>
    <span aria-hidden>{sign}</span>
    <span className="sr-only">{words}:</span>
    <span className="min-w-0 break-words">{value}</span>
  </p>
);
