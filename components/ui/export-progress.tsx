"use client";

import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { fetchTable } from "./fetch-table";
import { Notice } from "./notice";
import { Progress } from "./progress";

type ExportProgressProps = {
  /** The address of the table, CSV or workbook. */
  href: string;
  label: string;
  /** How many lines it will have, as far as somebody knows. */
  total: number | null;
  onClose: () => void;
};

/** What is there sooner is saved without a word. */
const SHOWN_AFTER_MS = 400;

/** A long table on its way down: how far it is, and the way out; saved when it is complete. */
export function ExportProgress({ href, label, total, onClose }: ExportProgressProps) {
  const [done, setDone] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const [long, setLong] = useState(false);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const control = new AbortController();
    const timer = setTimeout(() => setLong(true), SHOWN_AFTER_MS);
    fetchTable(href, { signal: control.signal, onRows: setDone })
      .then(() => close.current())
      .catch((cause: unknown) => {
        if (!control.signal.aborted) setFailure(cause instanceof Error ? cause.message : "It broke off.");
      });
    // Closing the dialog ends the download, and with it the reading of the rows.
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [href]);
  if (!long && !failure) return null;
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
