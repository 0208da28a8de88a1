import type { ReactNode } from "react";
import { cn } from "./cn";

type FormActionsProps = {
  /** Left: "Saved 2 minutes ago", an error of the whole form. */
  note?: ReactNode;
  /** Stays in sight at the end of a long form. */
  sticky?: boolean;
  /** Buttons, main act last. */
  children: ReactNode;
};

/** The end of a form, where the eye arrives. */
export function FormActions({ note, sticky = false, children }: FormActionsProps) {
  return (
    <div
      className={cn(
        "flex flex-wrap items-center justify-end gap-2",
        sticky &&
          "sticky bottom-(--thumb) z-10 -mx-(--gutter) border-line border-t bg-surface px-(--gutter) py-3 md:bottom-0",
      )}
    >
      {note && (
        <div aria-live="polite" className="mr-auto text-faint text-sm">
          {note}
        </div>
      )}
      {children}
    </div>
  );
}
