"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { toast } from "@/components/ui/toaster";

/**
 * Runs a change at once, says that it is done, and shows the page anew; a refusal is said with its reason, and `undo` takes
 * back what was shown ahead of the answer.
 */
export function useAct() {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const act = (work: () => Promise<unknown>, done: string, undo?: () => void) =>
    startTransition(async () => {
      try {
        await work();
        toast.success(done);
        router.refresh();
      } catch (cause) {
        undo?.();
        toast.error("It was not changed", {
          description: cause instanceof Error ? cause.message : undefined,
        });
      }
    });
  return { act, pending };
}
