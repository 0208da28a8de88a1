"use client";

import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";

type SentenceRowProps = {
  /** Names the box for screen readers. */
  label: string;
  on: boolean;
  onChange: (on: boolean) => void;
  /** What holds while it is off. */
  off: string;
  error?: string;
  children: ReactNode;
};

/** A rule as a sentence that can be turned off. */
export function SentenceRow({ label, on, onChange, off, error, children }: SentenceRowProps) {
  return (
    <div className={cn("rounded-md border border-line px-3 py-2", error && "border-danger")}>
      <div className="flex items-start gap-3">
        <span className="flex h-control items-center">
          <Checkbox
            aria-label={label}
            checked={on}
            onCheckedChange={(checked) => onChange(checked === true)}
          />
        </span>
        <p className="min-w-0 leading-9">{on ? children : <span className="text-muted">{off}</span>}</p>
      </div>
      {error && <p className="mt-1 pl-7 text-danger text-xs">{error}</p>}
    </div>
  );
}

type NumberInsideProps = { label: string; value: string; onChange: (value: string) => void };

/** A number inside a sentence. */
export function NumberInside({ label, value, onChange }: NumberInsideProps) {
  return (
    <Input
      aria-label={label}
      inputMode="numeric"
      autoComplete="off"
      maxLength={4}
      className="mx-1.5 inline-block w-14 px-1 text-center align-middle tabular-nums"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
