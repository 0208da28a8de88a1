import { Notice } from "@/components/ui/notice";
import type { RegistryPreview } from "@/server/channels/registry/import-registry";
import { formatCount } from "@/server/platform/format";

/** What an import would do, and each line that it would refuse with the reason. */
export function RegistryCheck({ name, preview }: { name: string; preview: RegistryPreview }) {
  const { added, changed, unchanged, refused, refusedCount } = preview;
  const figures = [
    { label: "New", value: added },
    { label: "Changed", value: changed },
    { label: "As before", value: unchanged },
    { label: "Refused", value: refusedCount },
  ];
  return (
    <section aria-label={`Check of ${name}`} className="flex flex-col gap-3">
      <dl className="grid grid-cols-4 rounded-md border border-line">
        {figures.map(({ label, value }) => (
          <div key={label} className="border-line border-r px-3 py-2 last:border-r-0">
            <dt className="text-muted text-xs">{label}</dt>
            <dd className="font-medium tabular-nums">{formatCount(value)}</dd>
          </div>
        ))}
      </dl>
      {refused.length > 0 && (
        <Notice tone="attention" title="These lines cannot be taken">
          <ul className="mt-1 flex max-h-56 flex-col gap-1 overflow-y-auto">
            {refused.map(({ line, name: text, reason }) => (
              <li key={line}>
                <span className="tabular-nums">Line {line}</span>, {text}: {reason}.
              </li>
            ))}
          </ul>
          {refusedCount > refused.length && (
            <p className="mt-1">and {formatCount(refusedCount - refused.length)} more</p>
          )}
        </Notice>
      )}
    </section>
  );
}
