"use client";

import { Eye } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { Preflight } from "@/server/campaigns/preflight";
import { formatCount } from "@/server/platform/format";
import { useTRPCClient } from "@/server/trpc/react";
import { CommentDialog } from "./comment-dialog";
import { treatedOf } from "./treated";
import type { Draft } from "./use-draft";
import { usePrepared } from "./use-prepared";

type SubmitDialogProps = { id: string; draft: Draft; preflight: Preflight };

/** Asks for approval of what is on screen. */
export function SubmitDialog({ id, draft, preflight: { reachable, problems } }: SubmitDialogProps) {
  const client = useTRPCClient();
  const router = useRouter();
  const { open, setOpen, preparing, prepare } = usePrepared(id, draft);
  return (
    <>
      <Button
        variant="primary"
        icon={<Eye aria-hidden />}
        loading={preparing}
        disabled={problems.length > 0}
        title={problems[0]?.message}
        onClick={() => void prepare()}
      >
        Submit for approval
      </Button>
      <CommentDialog
        open={open}
        onOpenChange={setOpen}
        title={`Submit ${draft.fields.name} for approval?`}
        description={`It reaches ${formatCount(treatedOf(reachable, draft.fields.holdOut))} customers as it stands. It cannot be edited until an approver decides or you take it back.`}
        label="For the approver"
        confirmLabel="Submit for approval"
        onConfirm={async (comment) => {
          await client.campaigns.submit.mutate({ id, version: draft.version.current, comment });
          toast.success("Submitted", { description: "The approvers were told." });
          router.push(`/campaigns/${id}`);
        }}
      />
    </>
  );
}
