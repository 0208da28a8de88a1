"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "@/components/ui/toaster";
import { useTRPC } from "@/server/trpc/react";
import type { Draft } from "./use-draft";

/** Before a draft goes anywhere: what is on screen is saved, and its numbers are of this moment. */
export function usePrepared(id: string, draft: Draft) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [preparing, setPreparing] = useState(false);
  const prepare = async () => {
    setPreparing(true);
    const saved = await draft.flush();
    await queryClient.refetchQueries(trpc.campaigns.preflight.queryFilter({ id }));
    setPreparing(false);
    if (saved) setOpen(true);
    else toast.error("The last change is not saved", { description: "Mend it first, then go on." });
  };
  return { open, setOpen, preparing, prepare };
}
