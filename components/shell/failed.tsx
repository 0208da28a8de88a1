"use client";

import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

type FailedProps = { error: Error & { digest?: string }; reset: () => void };

/** A screen that could not be drawn, and a way to try once more. */
export function Failed({ error, reset }: FailedProps) {
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <ErrorState
        title="This screen could not be shown"
        kept="What was saved before is kept, and messages go on being sent."
        reference={error.digest}
        action={
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        }
      >
        {error.digest &&
          "If it happens again, tell your administrator the code below and what you were doing."}
      </ErrorState>
    </div>
  );
}
