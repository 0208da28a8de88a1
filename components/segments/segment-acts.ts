"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toaster";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

const sentence = (error: unknown): string =>
  error instanceof Error ? error.message : "Nothing was changed.";

/** What can be done with a saved segment, each with its word when it is done or not. */
export function useSegmentActs({ id, name }: { id: string; name: string }) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const refresh = () =>
    Promise.all([queries.invalidateQueries(trpc.segments.pathFilter()), router.refresh()]);
  const restore = async () => {
    try {
      await client.segments.restore.mutate({ id });
      await refresh();
      toast.success(`“${name}” is back`);
    } catch (error) {
      toast.error("It could not be brought back", { description: sentence(error) });
    }
  };
  return {
    duplicate: async () => {
      try {
        const copy = await client.segments.duplicate.mutate({ id });
        router.push(`/segments/${copy.id}`);
      } catch (error) {
        toast.error("It was not copied", { description: sentence(error) });
      }
    },
    setArchived: async (archived: boolean) => {
      try {
        await client.segments.setArchived.mutate({ id, archived });
        await refresh();
        toast.success(archived ? `“${name}” is archived` : `“${name}” is in use again`);
      } catch (error) {
        toast.error("It was not changed", { description: sentence(error) });
      }
    },
    /** True when it is gone. */
    remove: async (): Promise<boolean> => {
      try {
        await client.segments.delete.mutate({ id });
        await refresh();
        toast.success(`“${name}” is deleted`, { action: { label: "Undo", onClick: () => void restore() } });
        return true;
      } catch (error) {
        toast.error("It was not deleted", { description: sentence(error) });
        return false;
      }
    },
  };
}
