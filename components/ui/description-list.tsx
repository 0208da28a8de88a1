import type { ReactNode } from "react";
import { nothing } from "@/server/platform/format";
import { cn } from "./cn";

type DescriptionListProps = {
  /** Null and "" show "–". */
  items: ReadonlyArray<{ term: string; value: ReactNode; className?: string }>;
};

/** Facts about one thing: word left, value right. */
export function DescriptionList({ items }: DescriptionListProps) {
  return (
    <dl className="grid w-full grid-cols-[minmax(6rem,max-content)_minmax(0,1fr)] gap-x-6 gap-y-2 text-sm">
      {items.map(({ term, value, className }) => (
        <div key={term} className={cn("col-span-2 grid grid-cols-subgrid items-baseline", className)}>
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0 break-words">{value === null || value === "" ? nothing : value}</dd>
        </div>
      ))}
    </dl>
  );
}
