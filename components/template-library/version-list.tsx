"use client";

import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { useUrl } from "@/components/ui/use-url";
import { formatCount } from "@/server/platform/format";
import type { TemplateDetail } from "@/server/template-library/get";
import { causeLabels } from "@/server/template-library/status";

/** Every version that a template had, the newest first; each can be looked at. */
export function VersionList({ template, zone }: { template: TemplateDetail; zone: string }) {
  const url = useUrl();
  const { versions, shown, version: current } = template;
  if (versions.length === 0) return null;
  return (
    <section aria-label="Versions" className="flex flex-col gap-2">
      <h2 className="font-medium">Versions</h2>
      <ol className="flex flex-col">
        {versions.map(({ version, cause, note, createdAt, by, uses }) => (
          <li key={version}>
            <Link
              href={url.href({ version: version === current ? null : String(version) })}
              scroll={false}
              aria-current={version === shown.version ? "true" : undefined}
              className={cn(
                "-mx-2 flex items-baseline gap-3 rounded-md px-2 py-1.5 text-sm transition-colors hover:bg-hover",
                version === shown.version && "bg-subtle",
              )}
            >
              <span className="w-6 shrink-0 text-faint tabular-nums">{version}</span>
              <span className="min-w-0 flex-1">
                <span className="block">
                  {causeLabels[cause]}
                  {note && ` ${note}`}
                  {version === current && <span className="text-faint"> · current</span>}
                </span>
                <span className="block text-faint text-xs">
                  {by ? `${by}, ` : ""}
                  <Time value={createdAt.toISOString()} zone={zone} />
                  {uses > 0 && ` · used ${formatCount(uses)} ${uses === 1 ? "time" : "times"}`}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
