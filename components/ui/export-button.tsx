"use client";

import { Download } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { Button } from "./button";
import { ExportProgress } from "./export-progress";

type ExportButtonProps = {
  /** The address of the table as CSV. */
  href: string;
  /** What is taken away: "Customers". */
  title: string;
  /** How many lines it will have, as far as somebody knows. */
  total?: number | null;
  /** The words on the button. */
  children?: string;
} & Pick<ComponentProps<typeof Button>, "size" | "variant" | "className">;

/** Takes a table away that may be long: how far it is, and the way out, wherever it takes more than a moment. */
export function ExportButton({ href, title, total = null, children = "Export", ...look }: ExportButtonProps) {
  const [fetched, setFetched] = useState<string | null>(null);
  return (
    <>
      <Button
        {...look}
        icon={<Download aria-hidden />}
        loading={fetched !== null}
        onClick={() => setFetched(href)}
      >
        {children}
      </Button>
      {fetched !== null && (
        <ExportProgress href={fetched} label={title} total={total} onClose={() => setFetched(null)} />
      )}
    </>
  );
}
