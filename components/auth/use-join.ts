"use client";

import { useState, useTransition } from "react";

/** One act without fields: runs it, and keeps the sentence when it was refused. */
export function useJoin(work: () => Promise<void>) {
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const run = () =>
    startTransition(async () => {
      setProblem(null);
      await work().catch((cause: unknown) => {
        // A redirect travels as an error, too, and must go on.
        if (cause instanceof Error && !("digest" in cause)) setProblem(cause.message);
        else throw cause;
      });
    });
  return { problem, pending, run };
}
