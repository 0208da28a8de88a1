"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { FormActions } from "@/components/ui/form-actions";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import type { Taken } from "@/server/conversions/files/take";
import type { ColumnMapping } from "@/server/conversions/status";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { FileOutcome } from "./file-outcome";

type TakeFileProps = {
  file: { id: string; name: string; lines: number };
  mapping: ColumnMapping;
  onAnother: () => void;
  onDone: () => void;
};

/** Takes a file a thousand lines at a time, until it is done or somebody stops it; what was taken stays. */
export function TakeFile({ file, mapping, onAnother, onDone }: TakeFileProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [state, setState] = useState<Taken | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [stopped, setStopped] = useState(false);
  const going = useRef(false);
  const halt = useRef(false);
  useEffect(() => {
    if (going.current) return;
    going.current = true;
    void (async () => {
      try {
        for (;;) {
          const taken = await client.conversions.takeFile.mutate({ id: file.id, mapping });
          setState(taken);
          if (taken.done || halt.current) break;
        }
      } catch (cause) {
        setError(cause instanceof Error ? cause.message : "The connection broke.");
      }
      setStopped(true);
      await queryClient.invalidateQueries(trpc.conversions.pathFilter());
    })();
  }, [client, file.id, mapping, queryClient, trpc]);
  const done = state?.done === true;
  return (
    <div className="flex flex-col gap-4">
      {!done && (
        <Progress
          label={stopped ? `Stopped: ${file.name}` : `Taking ${file.name}`}
          done={state?.taken ?? 0}
          total={file.lines}
          unit="lines"
          action={
            !stopped && (
              <Button
                size="sm"
                onClick={() => {
                  halt.current = true;
                }}
              >
                Stop
              </Button>
            )
          }
        />
      )}
      {error && <Notice tone="danger">{error}</Notice>}
      {stopped && !done && (
        <Notice tone="attention">
          What was taken counts. Go on with the rest from the list of files, or take it back there.
        </Notice>
      )}
      {state && stopped && <FileOutcome outcome={state} />}
      {stopped && (
        <FormActions>
          <Button onClick={onAnother}>To the files</Button>
          <Button variant="primary" onClick={onDone}>
            Done
          </Button>
        </FormActions>
      )}
    </div>
  );
}
