import { Check, Clock, Minus, X } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import type { TriedRules } from "@/server/deliveries/try-rules";
import { formatDateTime } from "@/server/platform/format";

const marks = {
  yes: { icon: Check, look: "text-good", word: "Yes" },
  no: { icon: X, look: "text-danger", word: "No" },
  hold: { icon: Clock, look: "text-attention", word: "Not now" },
  not_asked: { icon: Minus, look: "text-faint", word: "Not asked" },
} as const;

type TriedAnswerProps = { tried: TriedRules; name: string; zone: string; stale: boolean };

/** The verdict first, then every rule with what it saw. */
export function TriedAnswer({ tried, name, zone, stale }: TriedAnswerProps) {
  return (
    <div className={cn("flex flex-col gap-3 transition-opacity", stale && "opacity-60")}>
      <Verdict tried={tried} name={name} zone={zone} />
      <ol className="rounded-md border border-line text-sm">
        {tried.rules.map(({ name: rule, question, answer, saw }) => {
          const { icon: Icon, look, word } = marks[answer];
          return (
            <li
              key={rule}
              className="flex items-start gap-2.5 border-line border-b px-3 py-2 last:border-b-0"
            >
              <Icon aria-label={word} className={cn("mt-0.5 size-4 shrink-0", look)} />
              <span className={cn("min-w-0 flex-1", answer === "not_asked" && "text-faint")}>
                {question}
                {saw && <span className="block text-muted">{saw}</span>}
              </span>
            </li>
          );
        })}
      </ol>
      <p className="text-faint text-xs">
        What depends on the message itself is left out: budget, tags, templates, the age of payment data.
      </p>
    </div>
  );
}

function Verdict({ tried, name, zone }: Omit<TriedAnswerProps, "stale">) {
  const at = formatDateTime(new Date(tried.at).toISOString(), zone, true);
  if (tried.answer === "send")
    return (
      <Notice tone="good" title={`${name} would get it`}>
        At {at} nothing stands in the way.
      </Notice>
    );
  if (tried.answer === "skip")
    return (
      <Notice tone="danger" title={`${name} would not get it`}>
        The rule with the cross says why.
      </Notice>
    );
  return (
    <Notice tone="attention" title={`${name} would get it later`}>
      {tried.until
        ? `It would wait until ${formatDateTime(new Date(tried.until).toISOString(), zone, true)}.`
        : "It would wait until a person lets it go."}
    </Notice>
  );
}
