import type { ReactNode } from "react";
import { cn } from "./cn";

type CardProps = {
  title?: string;
  description?: ReactNode;
  /** Right of the title. */
  actions?: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A part of a screen in a hairline box. Cards do not stand inside cards. */
export function Card({ title, description, actions, flush = false, className, children }: CardProps) {
  return (
    <section
      aria-label={title}
      className={cn("min-w-0 overflow-hidden rounded-md border border-line bg-surface", className)}
    >
      {title && (
        <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3 pb-2">
          <div className={cn("min-w-0 flex-1", description ? "basis-40" : null)}>
            <h2 className="font-medium">{title}</h2>
            {description && <p className="text-muted text-sm">{description}</p>}
          </div>
          {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={cn(!flush && "px-4 pb-4", !flush && !title && "pt-4")}>{children}</div>
    </section>
  );
}

/** A part of a long form: what it is about at the left, the fields at the right. */
export function Section({
  title,
  description,
  children,
}: Pick<CardProps, "description" | "children"> & { title: string }) {
  return (
    <section
      aria-label={title}
      className="grid gap-x-10 gap-y-4 border-line border-b pb-6 last:border-b-0 lg:grid-cols-[16rem_minmax(0,36rem)]"
    >
      <div>
        <h2 className="font-medium">{title}</h2>
        {description && <p className="mt-0.5 text-muted text-sm">{description}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  );
}
