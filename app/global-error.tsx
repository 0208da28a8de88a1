"use client";

import "./globals.css";

/** When nothing else can be shown. Part of every screen's first script, so it is made of no components. */
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
        <main
          role="alert"
          className="flex min-h-dvh flex-col items-center justify-center gap-1 px-6 text-center"
        >
          <h1 className="font-medium text-base">Ringback could not start in this browser</h1>
          <p className="text-muted">Nothing was lost, and messages go on being sent.</p>
          <p className="max-w-md text-muted">
            Reload the page. If it happens again, tell your administrator the code below.
          </p>
          <button
            type="button"
            onClick={reset}
            className="mt-4 h-control rounded-md border border-line px-3 font-medium hover:bg-hover"
          >
            Try again
          </button>
          {error.digest && <p className="mt-4 select-all font-mono text-faint text-xs">{error.digest}</p>}
        </main>
      </body>
    </html>
  );
}
