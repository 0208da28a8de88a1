"use client";

import { ClipboardCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { CheckReport } from "./check-report";
import { useCheck } from "./use-check";
import type { Draft } from "./use-draft";

type CheckDialogProps = { id: string; draft: Draft; zone: string; currency: string };

/** The pre-flight: what the sender's own rules say about everybody, with nothing sent. */
export function CheckDialog({ id, draft, zone, currency }: CheckDialogProps) {
  const [open, setOpen] = useState(false);
  const state = useCheck(id);
  const begin = async () => {
    setOpen(true);
    await draft.flush();
    await state.start();
  };
  return (
    <>
      <Button className="w-full" icon={<ClipboardCheck aria-hidden />} onClick={() => void begin()}>
        Pre-flight
      </Button>
      <Dialog
        title="Pre-flight"
        description="The sender’s own rules, asked about everybody in the audience as things stand now. Nothing is sent."
        width="lg"
        open={open}
        onOpenChange={setOpen}
        footer={
          <>
            <Button loading={state.starting} onClick={() => void begin()}>
              Ask again
            </Button>
            <DialogClose>
              <Button variant="primary">Close</Button>
            </DialogClose>
          </>
        }
      >
        <CheckReport
          campaignId={id}
          state={state}
          content={draft.fields}
          zone={zone}
          currency={currency}
          onLeave={() => setOpen(false)}
        />
      </Dialog>
    </>
  );
}
