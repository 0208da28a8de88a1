import { cn } from "@/components/ui/cn";

type LogoProps = {
  /** With the name beside the mark. */
  word?: boolean;
  className?: string;
};

/** A ring that comes back to where it started: the call that returns. */
export function Logo({ word = false, className }: LogoProps) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-ink", className)}>
      <svg viewBox="0 0 24 24" className="size-6 shrink-0" role="img" aria-label="Ringback">
        <rect width="24" height="24" rx="6" className="fill-accent" />
        <path
          d="M16.6 8.2A6 6 0 1 0 18 12"
          fill="none"
          strokeWidth="2"
          strokeLinecap="round"
          className="stroke-on-accent"
        />
        <path
          d="M17.4 4.9v3.6h-3.6"
          fill="none"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-on-accent"
        />
        <circle cx="12" cy="12" r="1.9" className="fill-on-accent" />
      </svg>
      {word && (
        <span aria-hidden className="font-medium text-lg tracking-tight">
          Ringback
        </span>
      )}
    </span>
  );
}
