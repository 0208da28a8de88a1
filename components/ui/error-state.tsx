import { CloudAlert } from "lucide-react";
import type { ReactNode } from "react";

type ErrorStateProps = {
  /** What happened: "The campaigns could not be loaded". */
  title: string;
  /** What was kept: "Nothing was changed." */
  kept?: string;
  /** What to do now. */
  children?: ReactNode;
  /** "Try again" and, where it helps, a way back. */
  action?: ReactNode;
  /** For support; shown small so that it can be copied. */
  reference?: string;
};

/** Instead of a screen, or of a part of it, that failed. */
export function ErrorState({ title, kept, children, action, reference }: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-col items-center gap-1 px-6 py-14 text-center">
      <span className="mb-2 flex size-10 items-center justify-center rounded-md bg-danger-soft text-danger">
        <CloudAlert aria-hidden className="size-5" />
      </span>
      <h2 className="font-medium text-base">{title}</h2>
      {kept && <p className="text-muted">{kept}</p>}
      {children && <div className="max-w-md text-muted">{children}</div>}
      {action && <div className="mt-4 flex gap-2">{action}</div>}
      {reference && <p className="mt-4 select-all font-mono text-faint text-xs">{reference}</p>}
    </div>
  );
}
