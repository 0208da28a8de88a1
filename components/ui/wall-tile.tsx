import type { ReactNode } from "react";
import { cn } from "./cn";
import { type Tone, toneLooks } from "./tone";

type WallTileProps = {
  label: string;
  /** Already written; a dash for nothing. */
  value: string;
  /** Below the number: "target 80 % within 15 min". */
  note?: ReactNode;
  /** Only what a person should act on is coloured. */
  tone?: Extract<Tone, "neutral" | "attention" | "danger">;
};

/** One number on a wall, readable from five metres. */
export function WallTile({ label, value, note, tone = "neutral" }: WallTileProps) {
  const { icon: Icon, soft, text } = toneLooks[tone];
  const calm = tone === "neutral";
  return (
    <div
      className={cn(
        "@container flex min-w-0 flex-col gap-2 rounded-md border border-line p-5",
        calm ? "bg-surface" : `${soft} ${text}`,
      )}
    >
      <p className={cn("flex items-center gap-2 text-wall-label", calm && "text-muted")}>
        {!calm && <Icon aria-hidden className="size-[1.2em] shrink-0" />}
        {label}
      </p>
      <p className="whitespace-nowrap font-medium text-wall tabular-nums">{value}</p>
      {note && <p className={cn("text-wall-label", calm && "text-muted")}>{note}</p>}
    </div>
  );
}

/** The tiles of a wall board, as many side by side as fit. */
export function WallBoard({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="grid grow auto-rows-fr grid-cols-[repeat(auto-fit,minmax(14rem,1fr))] gap-3"
    >
      {children}
    </section>
  );
}
