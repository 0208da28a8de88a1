"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { toast } from "@/components/ui/toaster";
import { responseClassLabels } from "@/server/responses/status";
import { useTRPC } from "@/server/trpc/react";

type Given = { text?: string; button?: string; messageId?: string };

export type Reply = {
  send: (given: Given, onDone?: () => void) => void;
  pending: boolean;
  error: string | null;
};

/** Answers a message as its customer. A reply that is sent again after a lost answer is the same reply. */
export function useReply(latestId: string): Reply {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const last = useRef<{ words: string; id: string } | null>(null);
  const { mutate, isPending, error } = useMutation(
    trpc.inbox.reply.mutationOptions({
      onSuccess: async (recorded) => {
        last.current = null;
        await queryClient.invalidateQueries({ queryKey: trpc.inbox.pathKey() });
        toast.success(`Ringback heard: ${responseClassLabels[recorded.class].label.toLowerCase()}`, {
          action: {
            label: "Open the response",
            onClick: () => window.location.assign(`/responses?open=${recorded.responseId}`),
          },
        });
      },
    }),
  );
  const send: Reply["send"] = ({ text = "", button, messageId = latestId }, onDone) => {
    const words = JSON.stringify([messageId, text, button]);
    if (last.current?.words !== words) last.current = { words, id: crypto.randomUUID() };
    mutate({ messageId, text, button, replyId: last.current.id }, { onSuccess: onDone });
  };
  return { send, pending: isPending, error: error?.message ?? null };
}
