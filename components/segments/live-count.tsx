"use client";

import Link from "next/link";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { tierLabels } from "@/server/customers/schemas";
import { formatCount } from "@/server/platform/format";
import type { SamplePerson } from "@/server/segments/sample";
import type { LiveCount as Live } from "./use-live-count";

/** How many customers the rule selects now, and ten of them. */
export function LiveCount({ live, usable }: { live: Live; usable: boolean }) {
  const { count, exact, stale, counting, error, stop, again } = live;
  return (
    <div>
      <h2 className="text-muted">Customers in this segment</h2>
      <p aria-live="polite" className="flex items-center gap-2">
        <span
          className={cn(
            "font-medium text-2xl tabular-nums transition-opacity",
            (stale || !usable) && "opacity-50",
          )}
        >
          {count === null ? "–" : `${exact ? "" : "about "}${formatCount(count)}`}
        </span>
        {counting && <Spinner className="text-faint" />}
      </p>
      <div className="flex min-h-7 items-center gap-2 text-muted text-xs">
        {!usable && "Finish the conditions to see how many."}
        {usable && counting && (
          <>
            <span>{exact ? "Counting …" : "From a sample. Counting exactly …"}</span>
            <Button size="sm" variant="ghost" onClick={stop}>
              Stop
            </Button>
          </>
        )}
        {usable && !counting && !exact && (
          <>
            <span>From a sample of the customers.</span>
            <Button size="sm" variant="ghost" onClick={again}>
              Count exactly
            </Button>
          </>
        )}
      </div>
      {usable && error && !counting && count === null && (
        <Notice tone="danger" title="They could not be counted">
          {error.message}
        </Notice>
      )}
    </div>
  );
}

/** Ten people whom the rule selects, to see whether it means the right ones. */
export function SamplePeople({ people, stale }: { people: readonly SamplePerson[] | null; stale: boolean }) {
  return (
    <div>
      <h2 className="mb-1.5 font-medium">For example</h2>
      {people?.length === 0 && <p className="text-muted">Nobody fits this rule now.</p>}
      <ul className={cn("flex flex-col transition-opacity", stale && "opacity-50")}>
        {people?.map(({ id, name, city, tier }) => (
          <li key={id}>
            <Link
              href={`/customers/${id}`}
              className="-mx-1.5 flex items-center gap-2 rounded-sm px-1.5 py-1 hover:bg-hover"
            >
              <Avatar name={name || "?"} size="sm" />
              <span className="min-w-0 flex-1 truncate">{name || "Customer without a name"}</span>
              <span className="max-w-[45%] shrink-0 truncate text-faint text-xs">
                {[city, tierLabels[tier as keyof typeof tierLabels] ?? tier].filter(Boolean).join(", ")}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
