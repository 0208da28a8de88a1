import type { ReactNode } from "react";

type AuthCardProps = { title: string; description?: ReactNode; children?: ReactNode; aside?: ReactNode };

/** The one card of a page before sign-in; `aside` stands beside it on wide screens and below it on narrow ones. */
export function AuthCard({ title, description, children, aside }: AuthCardProps) {
  return (
    <div
      className={`grid w-full grid-cols-1 overflow-hidden rounded-md border border-line bg-surface shadow-xs ${aside ? "max-w-4xl lg:grid-cols-2" : "max-w-md"}`}
    >
      <div className="flex flex-col px-6 py-7 sm:px-10 sm:py-10">
        <h1 className="font-medium text-xl">{title}</h1>
        {description && <div className="mt-1 text-muted">{description}</div>}
        {children && <div className="mt-6">{children}</div>}
      </div>
      {aside && (
        <aside className="border-line border-t bg-subtle px-6 py-7 sm:px-10 sm:py-10 lg:border-t-0 lg:border-l">
          {aside}
        </aside>
      )}
    </div>
  );
}
