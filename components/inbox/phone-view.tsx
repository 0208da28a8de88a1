"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { useLive } from "@/components/shell/live";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ThemeSwitch } from "@/components/ui/preview-switches";
import { Spinner } from "@/components/ui/spinner";
import { channelLabels } from "@/server/channels/status";
import type { PhoneConversation } from "@/server/inbox/conversation";
import { useTRPC } from "@/server/trpc/react";
import { PhoneChat } from "./phone-chat";
import { ReplyBox } from "./reply-box";
import { useFrameTheme } from "./use-frame-theme";
import { useReply } from "./use-reply";

type PhoneViewProps = {
  messageId: string;
  /** What the server read for the first paint, of this message or another. */
  initial: PhoneConversation | null;
  zone: string;
  onClose: () => void;
  onStep: (step: 1 | -1) => void;
};

const A_SCREEN = 40;

/** The customer's phone: what came, what was answered, and the way to answer as the customer. */
export function PhoneView({ messageId, initial, zone, onClose, onStep }: PhoneViewProps) {
  const trpc = useTRPC();
  const [theme, setTheme] = useFrameTheme();
  const [size, setSize] = useState(A_SCREEN);
  const query = useQuery(
    trpc.inbox.conversation.queryOptions(
      { messageId, size },
      {
        placeholderData: (before) => before,
        initialData: initial?.messageId === messageId && size === A_SCREEN ? initial : undefined,
      },
    ),
  );
  useLive(["inbox", "responses"], trpc.inbox.conversation.queryFilter());
  const conversation = query.data;
  useReadMarks(messageId, conversation?.latestId);
  const reply = useReply(conversation?.latestId ?? messageId);
  return (
    <article aria-label="Phone" className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-line border-b px-4 py-2">
        <IconButton label="Back to the list (Esc)" icon={<ArrowLeft aria-hidden />} onClick={onClose} />
        {conversation && <Who conversation={conversation} />}
        <span className="flex-1" />
        <ThemeSwitch value={theme} onValueChange={setTheme} />
        <span className="flex max-md:hidden">
          <IconButton label="Newer (K)" icon={<ChevronUp aria-hidden />} onClick={() => onStep(-1)} />
          <IconButton label="Older (J)" icon={<ChevronDown aria-hidden />} onClick={() => onStep(1)} />
        </span>
      </div>
      <div className="flex min-h-0 flex-1 justify-center bg-canvas md:overflow-y-auto md:p-6">
        {conversation ? (
          <PhoneChat
            conversation={conversation}
            theme={theme}
            zone={zone}
            onButton={(label, id) => reply.send({ button: label, messageId: id })}
            older={
              conversation.more && (
                <Button size="sm" loading={query.isFetching} onClick={() => setSize(size + A_SCREEN)}>
                  Show older messages
                </Button>
              )
            }
          >
            <ReplyBox theme={theme} reply={reply} channel={conversation.channel} />
          </PhoneChat>
        ) : (
          <Spinner className="m-auto text-faint" />
        )}
      </div>
    </article>
  );
}

function Who({ conversation }: { conversation: PhoneConversation }) {
  const { name, address, customerId, channel } = conversation;
  return (
    <div className="min-w-0">
      <h2 className="truncate font-medium">
        {customerId ? (
          <Link href={`/customers/${customerId}`} className="hover:text-accent-ink hover:underline">
            {name || address}
          </Link>
        ) : (
          name || address
        )}
      </h2>
      <p className="truncate text-muted text-xs">
        {channelLabels[channel]} · {address}
      </p>
    </div>
  );
}

/** Whoever looks at the phone has read what stands on it, also what comes while it is open. */
function useReadMarks(messageId: string, latestId: string | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.inbox.readConversation.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.inbox.pathKey() }),
    }),
  );
  useEffect(() => {
    if (latestId) mutate({ messageId });
  }, [messageId, latestId, mutate]);
}
