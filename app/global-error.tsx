"use client";

import "./globals.css";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <html lang="en-IN">
      <body className="font-sans antialiased">
        <title>Ringback could not start</title>
        <main className="flex min-h-dvh items-center justify-center">
          <ErrorState
            title="Ringback could not start in this browser"
            kept="Nothing was lost, and messages go on being sent."
            reference={error.digest}
            action={
              <Button variant="primary" onClick={reset}>
                Try again
              </Button>
            }
          >
            Reload the page. If it happens again, tell your administrator the code below.
          </ErrorState>
        </main>
      </body>
    </html>
  );
}
