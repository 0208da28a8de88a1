import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type EmptyStateProps = {
  icon?: LucideIcon;
  /** What is not here yet: "No campaigns yet". */
  title: string;
  /** What it is good for, and how to get the first one. */
  children?: ReactNode;
  /** The next step; one button. */
  action?: ReactNode;
  /** 1 where it stands for a whole screen. */
  level?: 1 | 2;
  className?: string;
};

/** Nothing to show, and what to do about it. */
export function EmptyState({ icon: Icon, title, children, action, level = 2, className }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className={cn("flex flex-col items-center gap-1 px-6 py-14 text-center", className)}>
      {Icon && (
        <span className="mb-2 flex size-10 items-center justify-center rounded-md border border-line bg-surface text-muted shadow-xs">
          <Icon aria-hidden className="size-5" />
        </span>
      )}
      <Heading className="font-medium text-base">{title}</Heading>
      {children && <div className="max-w-sm text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
