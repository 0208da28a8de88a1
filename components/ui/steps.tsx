import { Check } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import { cn } from "./cn";

type Step = {
  label: string;
  state: "done" | "current" | "ahead";
  /** Where one may go back to it. */
  href?: string;
};

/** The way through work in several parts, and where one is. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <nav aria-label={label}>
      <ol className="flex items-center gap-2 overflow-x-auto py-1 text-sm">
        {steps.map((step, index) => {
          const content = (
            <>
              <span
                className={cn(
                  "flex size-5 shrink-0 items-center justify-center rounded-full text-xs tabular-nums",
                  step.state === "done" && "bg-accent-soft text-accent-ink",
                  step.state === "current" && "bg-accent text-on-accent",
                  step.state === "ahead" && "border border-line-strong text-faint",
                )}
              >
                {step.state === "done" ? (
                  <Check aria-label="Done" className="size-3" strokeWidth={3} />
                ) : (
                  index + 1
                )}
              </span>
              <span className={cn("whitespace-nowrap", step.state !== "current" && "max-sm:sr-only")}>
                {step.label}
              </span>
            </>
          );
          const look = cn(
            "flex items-center gap-2 rounded-md pr-1",
            step.state === "current" ? "font-medium text-ink" : "text-muted",
          );
          return (
            <Fragment key={step.label}>
              {index > 0 && <li aria-hidden className="h-px w-6 shrink-0 bg-line-strong" />}
              <li aria-current={step.state === "current" ? "step" : undefined}>
                {step.href ? (
                  <Link href={step.href} className={cn(look, "hover:text-ink")}>
                    {content}
                  </Link>
                ) : (
                  <span className={look}>{content}</span>
                )}
              </li>
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
