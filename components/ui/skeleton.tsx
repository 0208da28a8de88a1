import { cn } from "./cn";

/** A grey bar where something will stand; give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn("block h-4 animate-pulse rounded-sm bg-pressed", className)} />;
}

/** A table that is on its way: same head, same row height, so that nothing jumps. */
export function TableSkeleton({ rows = 8, columns = 5 }: { rows?: number; columns?: number }) {
  const widths = ["w-48", "w-20", "w-24", "w-14", "w-16", "w-18"];
  return (
    <div
      role="status"
      aria-label="Loading"
      className="overflow-hidden rounded-md border border-line bg-surface"
    >
      {Array.from({ length: rows + 1 }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
          key={row}
          className="flex h-9 items-center justify-between gap-6 border-line border-b px-3 last:border-b-0"
        >
          {widths.slice(0, columns).map((width, column) => (
            <Skeleton
              key={width}
              className={cn(row === 0 ? "h-2.5" : "h-3", width, column > 2 && "max-md:hidden")}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** A whole screen on its way: header and table. */
export function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <div className="gutter flex flex-col gap-2 border-line border-b pt-5 pb-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-3.5 w-72 max-w-full" />
      </div>
      <div className="gutter flex flex-col gap-3 py-5">
        <Skeleton className="h-8 w-64" />
        <TableSkeleton />
      </div>
    </div>
  );
}
