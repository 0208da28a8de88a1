import type { ReactNode } from "react";

/**
 * The one act of a screen: on a phone always under the thumb, above the bar (`Shell` leaves room for it at the end of the
 * screen); on wider screens where it is written.
 */
export function ThumbBar({ children }: { children: ReactNode }) {
  return (
    <div
      data-thumb
      className="flex flex-col max-md:fixed max-md:inset-x-0 max-md:bottom-(--thumb) max-md:z-20 max-md:border-line max-md:border-t max-md:bg-surface max-md:px-(--gutter) max-md:py-2.5"
    >
      {children}
    </div>
  );
}
