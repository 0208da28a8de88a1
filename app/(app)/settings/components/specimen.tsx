import type { ReactNode } from "react";

/** One row of the page of components: what it is called, and it. */
export function Specimen({ name, children }: { name: string; children: ReactNode }) {
  return (
    <section
      aria-label={name}
      className="grid gap-x-8 gap-y-3 border-line border-b pb-6 last:border-b-0 lg:grid-cols-[9rem_minmax(0,1fr)]"
    >
      <h2 className="font-medium text-muted text-sm">{name}</h2>
      <div className="flex min-w-0 flex-wrap items-start gap-3">{children}</div>
    </section>
  );
}
