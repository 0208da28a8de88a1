"use client";

import { useQueryClient } from "@tanstack/react-query";
import { toast } from "@/components/ui/toaster";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

/** What can be done with notes; each act reads the timeline anew, and a failure says so and keeps what was typed. */
export function useNotes() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      await queryClient.invalidateQueries({ queryKey: trpc.customers.timeline.pathKey() });
      return true;
    } catch (cause) {
      toast.error("The note was not saved", {
        description: cause instanceof Error ? cause.message : undefined,
      });
      return false;
    }
  };
  return {
    add: (customerId: string, text: string) =>
      act(() => client.customers.addNote.mutate({ customerId, text })),
    edit: (noteId: string, text: string) => act(() => client.customers.editNote.mutate({ noteId, text })),
    remove: async (noteId: string) => {
      if (!(await act(() => client.customers.deleteNote.mutate({ noteId })))) return;
      const onClick = () => void act(() => client.customers.restoreNote.mutate({ noteId }));
      toast.success("Note deleted", { action: { label: "Undo", onClick } });
    },
  };
}
