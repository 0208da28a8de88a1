import type { ReactNode } from "react";
import { cn } from "./cn";

type PageBodyProps = {
  /** `reading` keeps lines short; `full` is for tables. */
  width?: "reading" | "content" | "full";
  className?: string;
  children: ReactNode;
};

const widths = {
  reading: "max-w-3xl",
  content: "max-w-[calc(75rem+2*var(--gutter))]",
  full: "max-w-none",
} as const;

/** What stands under a `PageHeader`: the gutter, the width and the distance between blocks. */
export function PageBody({ width = "full", className, children }: PageBodyProps) {
  return <div className={cn("gutter flex flex-col gap-5 py-5", widths[width], className)}>{children}</div>;
}
