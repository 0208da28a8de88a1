"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import { useForm } from "@/components/ui/use-form";
import type { SuppressionLine } from "@/server/consent/list-suppressions";
import { removeSuppressionsInput } from "@/server/consent/schemas";
import { needsEvidence } from "@/server/consent/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";

type RemoveDialogProps = { lines: readonly SuppressionLine[]; clear: () => void; onClose: () => void };

/** Takes entries off the list, with a reason; where somebody had said no, with evidence. */
export function RemoveDialog({ lines, clear, onClose }: RemoveDialogProps) {
  const { consent } = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const asked = lines.some(({ reason }) => needsEvidence(reason));
  const what = lines.length === 1 ? (lines[0]?.hint ?? "") : `${formatCount(lines.length)} addresses`;
  const form = useForm({
    schema: removeSuppressionsInput,
    initial: { ids: lines.map(({ id }) => id), why: "", evidence: "" },
    submit: async (given) => {
      await consent.unsuppress.mutate(given);
      await queryClient.invalidateQueries(trpc.consent.suppressions.queryFilter());
      toast.success(`Removed: ${what}`);
      clear();
      onClose();
    },
  });
  return (
    <Dialog
      title={`Remove ${what} from the list?`}
      description="Messages may go there again, where consent allows it. A withdrawn consent stays withdrawn."
      open
      onOpenChange={(open) => !open && onClose()}
    >
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        <Field label="Why" help="It stands in the audit log, with your name." error={form.errors.why}>
          <Input
            autoFocus
            value={form.values.why}
            onChange={(event) => form.set("why", event.target.value)}
            onBlur={form.values.why ? form.leave("why") : undefined}
          />
        </Field>
        {asked && (
          <Field
            label="Evidence"
            help="Somebody said no here. Give the form, the recording or the ticket in which they changed their mind."
            error={form.errors.evidence}
          >
            <Input
              value={form.values.evidence}
              onChange={(event) => form.set("evidence", event.target.value)}
            />
          </Field>
        )}
        <div className="flex justify-end gap-2">
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button type="submit" variant="danger" loading={form.pending}>
            Remove {what}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
