import type { ReactNode } from "react";

type RailLayoutProps = {
  /** What the rail tells, for screen readers: "Summary". */
  label: string;
  rail: ReactNode;
  children: ReactNode;
};

/** Work at the left, and beside it what is always true of it; on a phone the rail follows the work. */
export function RailLayout({ label, rail, children }: RailLayoutProps) {
  return (
    <div className="gutter grid gap-x-8 gap-y-6 py-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="flex min-w-0 flex-col gap-5">{children}</div>
      <aside
        aria-label={label}
        className="flex flex-col gap-5 border-line text-sm max-lg:border-t max-lg:pt-5 lg:sticky lg:top-[calc(var(--bar)+1.25rem)] lg:self-start lg:border-l lg:pl-6"
      >
        {rail}
      </aside>
    </div>
  );
}
