import { cn } from "@/components/ui/cn";
import type { Audience } from "@/server/campaigns/schemas";

type QuickAudiencesProps = {
  audience: Audience;
  segments: readonly { id: string; seedKey: string | null; archived: boolean }[];
  /** Segments to include; null: everybody. */
  onChoose: (include: string[] | null) => void;
};

const quick = [
  { seedKey: "active_policyholders", label: "Active policyholders" },
  { seedKey: "lapsed", label: "Lapsed" },
  { seedKey: "prospects", label: "Prospects" },
] as const;

/** The audiences that are wanted most, one press each; those of segments that the workspace still has. */
export function QuickAudiences({ audience, segments, onChoose }: QuickAudiencesProps) {
  const chosen =
    audience.kind === "segments" && audience.include.length === 1 && audience.exclude.length === 0
      ? audience.include[0]
      : null;
  const choices = quick.flatMap(({ seedKey, label }) => {
    const segment = segments.find((each) => each.seedKey === seedKey && !each.archived);
    return segment ? [{ label, include: [segment.id], on: chosen === segment.id }] : [];
  });
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">Quick choice</legend>
      <div className="flex flex-wrap gap-1.5">
        {[{ label: "All customers", include: null, on: audience.kind === "all" }, ...choices].map(
          ({ label, include, on }) => (
            <button
              key={label}
              type="button"
              aria-pressed={on}
              onClick={() => onChoose(include)}
              className={cn(
                "h-control rounded-md border border-line-strong px-2.5 text-sm transition-colors hover:border-control",
                "aria-pressed:border-accent-ink aria-pressed:bg-accent-soft aria-pressed:font-medium",
              )}
            >
              {label}
            </button>
          ),
        )}
      </div>
    </fieldset>
  );
}
