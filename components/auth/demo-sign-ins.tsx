import { ArrowRight } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import type { DemoSignIn } from "@/server/auth/demo";

type DemoSignInsProps = {
  people: readonly DemoSignIn[];
  disabled: boolean;
  onChoose: (person: DemoSignIn) => void;
};

/** The people of the demo workspace, one click each. */
export function DemoSignIns({ people, disabled, onChoose }: DemoSignInsProps) {
  return (
    <section aria-labelledby="demo-title">
      <h2 id="demo-title" className="font-medium text-lg">
        Look around the demo
      </h2>
      <p className="mt-1 text-muted">One click signs you in as one of these people.</p>
      <ul className="mt-5 flex flex-col gap-2">
        {people.map((person) => (
          <li key={person.email}>
            <button
              type="button"
              disabled={disabled}
              onClick={() => onChoose(person)}
              className="group flex w-full items-center gap-3 rounded-md border border-line bg-surface px-3 py-2 text-left shadow-xs transition-colors hover:border-line-strong hover:bg-hover disabled:opacity-60"
            >
              <Avatar name={person.name} />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block truncate text-muted text-sm">{person.roleLabel}</span>
              </span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-faint group-hover:text-ink" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
