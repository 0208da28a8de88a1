import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useShortcuts } from "@/components/ui/shortcuts";
import { type Outcome, outcomes } from "@/server/callbacks/status";

const outcomeKeys = Object.keys(outcomes) as Outcome[];

type OutcomeChoiceProps = {
  /** What the line told, if it told: the first choice. */
  suggested: Outcome | null;
  pending: boolean;
  onSay: (outcome: Outcome) => void;
};

/** How a call went, each with its key. */
export function OutcomeChoice({ suggested, pending, onSay }: OutcomeChoiceProps) {
  useShortcuts(
    outcomeKeys.map((outcome, nth) => ({
      keys: String(nth + 1),
      label: outcomes[outcome],
      group: "How it went",
      run: () => onSay(outcome),
    })),
    !pending,
  );
  return (
    <fieldset className="grid grid-cols-2 gap-2" aria-label="How it went">
      {outcomeKeys.map((outcome, nth) => (
        <Button
          key={outcome}
          variant={outcome === (suggested ?? "connected") ? "primary" : "secondary"}
          disabled={pending}
          className="h-auto min-h-11 justify-between whitespace-normal py-1.5 text-left"
          onClick={() => onSay(outcome)}
        >
          {outcomes[outcome]}
          <span className="max-md:hidden">
            <Kbd keys={String(nth + 1)} />
          </span>
        </Button>
      ))}
    </fieldset>
  );
}
