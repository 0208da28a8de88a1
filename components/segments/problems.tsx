import { CircleAlert } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { NodeProblem } from "./use-rule-tree";

/** What to mend, at the place of it. */
export function Problems({ of, className }: { of: readonly NodeProblem[]; className?: string }) {
  return (
    <ul
      aria-live="polite"
      className={cn("flex flex-col gap-0.5 text-danger text-xs empty:hidden", className)}
    >
      {[...new Set(of.map(({ message }) => message))].map((message) => (
        <li key={message} className="flex gap-1.5">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {message}
        </li>
      ))}
    </ul>
  );
}
