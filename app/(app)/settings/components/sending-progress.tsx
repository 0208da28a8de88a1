"use client";

import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { toast } from "@/components/ui/toaster";

/** A campaign that is being sent, for specimens. */
export function SendingProgress({ act }: { act: string }) {
  return (
    <Progress
      label="Sending Renewal drive"
      done={12_480}
      total={20_000}
      unit="messages"
      remaining={94}
      action={
        <Button size="sm" onClick={() => toast.message("This page sends nothing")}>
          {act}
        </Button>
      }
    />
  );
}
