import { Card } from "@/components/ui/card";
import { StatusBadge } from "@/components/ui/status-badge";
import type { OperationsOverview } from "@/server/operations/get-overview";
import { type Part, partLabels, parts, SILENT_AFTER_SECONDS } from "@/server/operations/status";
import { formatDuration } from "@/server/platform/format";

type Look = OperationsOverview["look"];
type State = { tone: "good" | "attention" | "danger" | "information"; label: string; words: string };

/** Each process and part: does it work, and when did it last say so. */
export function PartList({ look }: { look: Look }) {
  return (
    <Card title="Parts" description="A process reports every five seconds.">
      <ul className="flex flex-col gap-2 text-sm">
        {parts
          .filter((part) => isThere(part, look))
          .map((part) => {
            const { tone, label, words } = stateOf(part, look);
            return (
              <li key={part} className="flex items-center justify-between gap-4">
                <span>
                  {partLabels[part]} <span className="text-muted">{words}</span>
                </span>
                <StatusBadge tone={tone} label={label} />
              </li>
            );
          })}
      </ul>
    </Card>
  );
}

/** The intake is started by whoever wants one. */
const isThere = (part: Part, { database }: Look): boolean =>
  part !== "intake" || database?.beats.intake !== undefined;

const good = (words: string): State => ({ tone: "good", label: "Works", words });
const away = (words: string): State => ({ tone: "danger", label: "Silent", words });
const unknown: State = { tone: "attention", label: "Not known", words: "" };

function stateOf(part: Part, { database, engine }: Look): State {
  if (part === "engine") {
    if (engine.kind === "external") return { tone: "information", label: "Inngest", words: "of your own" };
    return engine.kind === "answers" ? good("") : away("");
  }
  if (part === "database") return database ? good("") : away("");
  if (!database) return unknown;
  if (part === "migrations")
    return database.migrations === "same"
      ? { ...good("the program and the database agree"), label: "Current" }
      : { tone: "danger", label: database.migrations === "behind" ? "Behind" : "Ahead", words: "" };
  const age = database.beats[part];
  if (age === undefined) return away("never reported");
  const several = part === "worker" && database.workers > 1 ? `${database.workers} of them, ` : "";
  const words = `${several}reported ${formatDuration(age)} ago`;
  return age > SILENT_AFTER_SECONDS ? away(words) : good(words);
}
