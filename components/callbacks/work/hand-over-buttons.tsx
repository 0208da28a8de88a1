"use client";

import { Forward, Hand, MessageSquareText } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { HandOver, type HandOverAct } from "../hand-over";

type HandOverButtonsProps = {
  callbackId: string;
  generation: number;
  /** A call is under way: passing on comes after it. */
  busy: boolean;
  onDone: () => Promise<void>;
};

/** Small acts are as high as a thumb on a phone. */
export const thumb = "max-md:h-11";

/** Message, pass on, ask a supervisor: for the request in hand. */
export function HandOverButtons({ callbackId, generation, busy, onDone }: HandOverButtonsProps) {
  const [open, setOpen] = useState<HandOverAct | null>(null);
  return (
    <div className="flex flex-wrap gap-2 max-md:grid max-md:grid-cols-2 max-md:justify-items-start">
      <Button
        className={thumb}
        size="sm"
        variant="ghost"
        icon={<MessageSquareText aria-hidden />}
        onClick={() => setOpen("message")}
      >
        Message
      </Button>
      <Button
        className={thumb}
        size="sm"
        variant="ghost"
        icon={<Forward aria-hidden />}
        disabled={busy}
        onClick={() => setOpen("pass")}
      >
        Pass on
      </Button>
      <Button
        className={thumb}
        size="sm"
        variant="ghost"
        icon={<Hand aria-hidden />}
        onClick={() => setOpen("raise")}
      >
        Ask a supervisor
      </Button>
      {open && (
        <HandOver
          act={open}
          callbackId={callbackId}
          generation={generation}
          onDone={() => void onDone()}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}
