"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { fetchTable } from "./fetch-table";

type ExportProgressProps = {
  /** The address of the table as CSV. */
  href: string;
  label: string;
  /** How many lines it will have, as far as somebody knows. */
  total: number | null;
  onClose: () => void;
};

/** A long table on its way down: how far it is, and the way out; saved when it is complete. */
export function ExportProgress({ href, label, total, onClose }: ExportProgressProps) {
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const control = new AbortController();
    fetchTable(href, { signal: control.signal, onLines: setDone })
      .then(() => close.current())
      .catch((cause: unknown) => {
        if (!control.signal.aborted) setFailure(cause instanceof Error ? cause.message : "It broke off.");
      });
    // Closing the dialog ends the download, and with it the reading of the rows.
    return () => control.abort();
  }, [href]);
  return (
    <Dialog title={label} open onOpenChange={onClose}>
      <div className="flex flex-col gap-4 pt-2">
        {failure ? (
          <Notice tone="danger" title="It was not saved">
            {failure}
          </Notice>
        ) : (
          <Progress label="Reading the rows" done={done} total={total} unit="rows" />
        )}
        <Button className="w-fit" onClick={onClose}>
          {failure ? "Close" : "Cancel"}
        </Button>
      </div>
    </Dialog>
  );
}
