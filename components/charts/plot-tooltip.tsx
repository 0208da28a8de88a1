import type { CustomTooltipProps } from "@tremor/react";
import { formatCount } from "@/server/platform/format";
import { dotClass, type Series } from "./series";

type PlotTooltipCardProps = Partial<CustomTooltipProps> & {
  series: readonly Series[];
  format?: (value: number | null) => string;
};

/** The numbers at the place under the pointer. */
export function PlotTooltipCard({
  active,
  label,
  payload = [],
  series,
  format = formatCount,
}: PlotTooltipCardProps) {
  if (!active || payload.length === 0) return null;
  const lines = series.filter(({ label: word }) => payload.some(({ dataKey }) => dataKey === word));
  return (
    <div className="min-w-36 rounded-md border border-line bg-raised px-2.5 py-2 text-xs shadow-md">
      <p className="mb-1 font-medium">{label}</p>
      {lines.map(({ key, label: word, colour }) => {
        const value = payload.find(({ dataKey }) => dataKey === word)?.value;
        return (
          <p key={key} className="flex items-center gap-1.5">
            <span className={`size-2 rounded-full ${dotClass[colour]}`} />
            <span className="text-muted">{word}</span>
            <span className="ml-auto pl-4 font-medium tabular-nums">
              {format(typeof value === "number" ? value : null)}
            </span>
          </p>
        );
      })}
    </div>
  );
}
