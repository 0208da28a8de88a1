import type { ReactNode } from "react";
import { StatusBadge } from "@/components/ui/status-badge";
import type { Tone } from "@/components/ui/tone";

type Look = { label: string; tone: Tone };
type Fact = { id: string; title: ReactNode; detail?: ReactNode; status?: Look; aside?: ReactNode };

/** Short rows in a flush card: what, the details below, state or time at the right. */
export function FactRows({ rows, empty }: { rows: Fact[]; empty: string }) {
  if (rows.length === 0) return <p className="px-4 pb-4 text-muted text-sm">{empty}</p>;
  return (
    <ul className="divide-y divide-line border-line border-t">
      {rows.map((row) => (
        <li key={row.id} className="flex items-start justify-between gap-3 px-4 py-2 text-sm">
          <div className="min-w-0">
            <p className="break-words">{row.title}</p>
            {row.detail && <p className="break-words text-muted text-xs tabular-nums">{row.detail}</p>}
          </div>
          <div className="shrink-0 text-muted text-xs">
            {row.status ? <StatusBadge tone={row.status.tone} label={row.status.label} /> : row.aside}
          </div>
        </li>
      ))}
    </ul>
  );
}
